"""Everything that can be said about an upload to the student who made it: where, what, and what now."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.model.submission import Problem
from autograder.model.text import Text
from autograder.submissions.paths import shown


def _names(names: Sequence[str], language: str = "en") -> str:
    listed = ", ".join(shown(name) for name in names[:5])
    more = f" … ({len(names)})" if len(names) > 5 else ""
    return listed.replace(", ", "、") + more if language == "zh" else listed + more


def _problem(code: str, en: str, zh: str, fatal: bool = True) -> Problem:
    return Problem(code, Text(en, zh), fatal)


def empty(entry: str) -> Problem:
    return _problem("empty", f"The submission holds no file. Hand in {entry}.", f"提交中没有任何文件。请提交 {entry}。")


def empty_file(entry: str) -> Problem:
    return _problem(
        "empty",
        f"{entry} is empty. Perhaps it was not saved; hand in the file with your code.",
        f"{entry} 是空文件。可能没有保存;请提交写有代码的文件。",
    )


def wrong_name(found: Sequence[str], entry: str) -> Problem:
    return _problem(
        "wrong-name",
        f"There is no {entry}; found: {_names(found)}. Name your file {entry} and hand it in again.",
        f"没有找到 {entry};实际文件:{_names(found, 'zh')}。请把文件命名为 {entry} 后重新提交。",
    )


def renamed(found: str, entry: str) -> Problem:
    return _problem(
        "wrong-name",
        f"{shown(found)} was taken as {entry}. Use exactly this name next time.",
        f"已将 {shown(found)} 当作 {entry}。下次请使用准确的文件名。",
        fatal=False,
    )


def several_files(found: Sequence[str], entry: str) -> Problem:
    return _problem(
        "several-files",
        f"There is no {entry}, and several files could be meant: {_names(found)}. Hand in one, named {entry}.",
        f"没有 {entry},但有多个可能的文件:{_names(found, 'zh')}。请只提交一个,命名为 {entry}。",
    )


def also_there(found: Sequence[str], entry: str) -> Problem:
    return _problem(
        "several-files",
        f"{entry} is graded; {_names(found)} beside it is not. Hand in {entry} alone if that was not meant.",
        f"评分的是 {entry};旁边的 {_names(found, 'zh')} 不参与评分。若非本意,请只提交 {entry}。",
        fatal=False,
    )


def no_notebook(name: str) -> Problem:
    return _problem(
        "notebook",
        f"{shown(name)} can't be read as a notebook. Open it in Jupyter, save it, and hand it in again.",
        f"{shown(name)} 无法作为笔记本读取。请在 Jupyter 中打开并保存,然后重新提交。",
    )


def empty_notebook(name: str) -> Problem:
    return _problem(
        "empty",
        f"{shown(name)} holds no code. Perhaps it was not saved: save it in Jupyter and hand it in again.",
        f"{shown(name)} 中没有代码。可能没有保存:请在 Jupyter 中保存后重新提交。",
    )


def conflicts(name: str) -> Problem:
    return _problem(
        "conflict",
        f"{shown(name)} holds the marks of a merge conflict (<<<<<<<). Settle it in Git and hand it in again.",
        f"{shown(name)} 含有合并冲突标记(<<<<<<<)。请先在 Git 中解决冲突,再重新提交。",
    )


def bad_cell(number: int, line: int, what: str) -> Problem:
    return _problem(
        "cell",
        f"Python can't read code cell {number}, line {line}: {what}. The other cells are run.",
        f"第 {number} 个代码单元格的第 {line} 行无法解析:{what}。其余单元格会照常运行。",
        fatal=False,
    )


def undefined(name: str, like: str = "") -> Problem:
    return _problem(
        "cell",
        f"No cell defines {name}" + (f"; was it renamed to {shown(like)}?" if like else "; was its cell deleted?"),
        f"没有单元格定义 {name}" + (f";是否改名为 {shown(like)}?" if like else ";它的单元格是否被删除了?"),
        fatal=False,
    )


def defined_twice(name: str, cells: Sequence[int]) -> Problem:
    listed = ", ".join(map(str, cells))
    return _problem(
        "cell",
        f"{name} is defined in code cells {listed}: the last one counts.",
        f"{name} 在第 {listed} 个代码单元格中都有定义:以最后一个为准。",
        fatal=False,
    )


def not_utf8(entry: str, what: str, what_zh: str) -> Problem:
    return _problem(
        "not-utf8",
        f"{entry} is not UTF-8 text: {what}. Save it with the encoding UTF-8 and hand it in again.",
        f"{entry} 不是 UTF-8 文本:{what_zh}。请以 UTF-8 编码保存后重新提交。",
    )


def damaged(what: str) -> Problem:
    return _problem(
        "damaged",
        f"The hand-in does not hold what it says: {what}. Submit again with `autograder submit`.",
        f"提交包的内容与其记录不符:{what}。请用 `autograder submit` 重新提交。",
    )


def receipt(what: str) -> Problem:
    return _problem(
        "receipt",
        f"The receipt beside the hand-in does not hold: {what}. Ask the student for theirs.",
        f"提交包旁的回执无效:{what}。请向学生索取其回执。",
        fatal=False,
    )


def shadows(found: Sequence[str]) -> Problem:
    return _problem(
        "shadows",
        f"{_names(found)}: named like something Python or the course uses; rename it if your code imports it.",
        f"{_names(found, 'zh')}:与 Python 或课程使用的名称相同;若代码需要导入它,请改名。",
        fatal=False,
    )


def disguised(places: Sequence[str]) -> Problem:
    return _problem(
        "disguised",
        f"{_names(places)}: letters of two alphabets in one name, or characters that change the order in which text is"
        " shown, so that a reader sees something else than Python. Type these lines anew.",
        f"{_names(places, 'zh')}:一个名称中混有两种字母表的字母,或含有改变文字显示顺序的字符,"
        "读者看到的与 Python 执行的不同。请重新输入这些行。",
        fatal=False,
    )


def duplicate_student(others: Sequence[str]) -> Problem:
    return _problem(
        "duplicate-student",
        f"The name looks the same as {_names(others)}. Make sure who is who before the scores are released.",
        f"该姓名与 {_names(others, 'zh')} 看起来相同。公布成绩前请确认身份。",
        fatal=False,
    )


def unknown_student(name: str, near: str) -> Problem:
    return _problem(
        "unknown-student",
        f"{shown(name)} is not on the roster"
        + (f"; did you mean {near}?" if near else ". Add the name or correct it."),
        f"{shown(name)} 不在名单中" + (f";是否为 {near}?" if near else "。请补充或更正。"),
        fatal=False,
    )


def named_otherwise(archive: str, student: str) -> Problem:
    return _problem(
        "named-otherwise",
        f"The archive is called {shown(archive)}, but says that it is {student}'s hand-in. Make sure who handed it in.",
        f"压缩包名为 {shown(archive)},但其中记录为 {student} 的提交。请确认实际提交者。",
        fatal=False,
    )


def odd_time(when: str) -> Problem:
    return _problem(
        "odd-time",
        f"The hand-in says it was made at {when}, which can't be. Lateness is reckoned by it: check it before release.",
        f"提交包声称的时间为 {when},这不可能。是否迟交按此时间计算:公布前请核实。",
        fatal=False,
    )


def changed(paths: Sequence[str]) -> Problem:
    return _problem(
        "changed",
        f"Changed after it was collected: {_names(paths)}. Graded as it is now; collect again to undo.",
        f"收集之后被修改:{_names(paths, 'zh')}。按现状评分;重新收集可还原。",
        fatal=False,
    )


def other_source(others: Sequence[str], source: str) -> Problem:
    return _problem(
        "several-sources",
        f"Handed in more than once, without times: {_names(others)} as well. Graded is {shown(source)}, found last.",
        f"有多份提交且没有时间记录:另有 {_names(others, 'zh')}。评分的是最后找到的 {shown(source)}。",
        fatal=False,
    )

"""What a student edition consists of: which files, and what grading.yml, topic.yml and README say in it.

The two YAML files are written anew from the course's values, so that a comment or a key meant for staff never leaves.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import yaml

from autograder.course.discover import hidden_check_count
from autograder.course.layout import EXERCISES, GRADING, TOPIC, exercise_files, files_below
from autograder.course.notebook import notebook
from autograder.errors import ConfigError, Fault
from autograder.model.course import Course, Limits, Topic
from autograder.model.policy import LatePolicy
from autograder.model.text import Text

FREE_FOLDERS = ("data", "images")  # whatever is in these folders of a topic is for students

README = """# {en}

{zh}

You need Python 3.11 or newer and the program `autograder`; your instructor says where to get it.

你需要 Python 3.11 或更高版本，以及程序 `autograder`；安装方式请看老师的说明。

| command 命令 | what it does 作用 |
|---|---|
| `autograder list` | the topics and your progress 列出课题与你的进度 |
| `autograder start TOPIC` | copies a topic's files to where you work 把课题的文件复制到你的工作目录 |
| `autograder check TOPIC` | runs the visible checks on your work 用可见检查检查你的代码 |
| `autograder submit TOPIC` | hands your work in and prints a receipt 提交作业并打印回执 |

Each folder of `exercises/` is one topic. Read its `README.md`, fill in the file with `raise NotImplementedError` in it,
and check it as often as you like. Hidden checks decide about the points when you hand it in.

If you prefer a notebook: `autograder start --notebook TOPIC`. `check` and `submit` take it like the Python file; cells
run from top to bottom, those marked as not graded are left out, and an error in one cell does not stop the others. In
the notebook itself, `%load_ext autograder` and `%check TOPIC` check the cells that you have run so far.

`exercises/` 中的每个文件夹是一个课题：先读 `README.zh.md`，再完成含有 `raise NotImplementedError` 的文件，
可以随时检查。提交后由隐藏检查决定得分。

也可以使用笔记本：`autograder start --notebook TOPIC`。`check` 和 `submit` 同样接受笔记本；单元格从上到下依次运行，
标明不参与评分的单元格会被跳过，某个单元格出错不会影响其余单元格。在笔记本中运行 `%load_ext autograder` 和
`%check TOPIC`，即可检查目前已运行的单元格。

| topic 课题 | title 标题 | points 分值 | due 截止时间 |
|---|---|---|---|
{rows}
"""


def edition(course: Course) -> dict[str, bytes]:
    """Every file of the student edition by its path. Files that belong to no topic are faults in one ConfigError."""
    files = {
        GRADING: _yaml(_grading(course)),
        "README.md": _readme(course).encode(),
    }
    if (course.root / "LICENSE").is_file():
        files["LICENSE"] = (course.root / "LICENSE").read_bytes()
    faults: list[Fault] = []
    for topic in course.topics:
        folder = f"{EXERCISES}/{topic.exercise.name}"
        for path in files_below(topic.exercise):
            name = path.relative_to(topic.exercise).as_posix()
            if _belongs(topic, name, path, folder, faults):
                files[f"{folder}/{name}"] = _yaml(_topic(topic)) if name == TOPIC else path.read_bytes()
        files |= {f"{folder}/{name}": data for name, data in _notebooks(topic).items()}
    if faults:
        raise ConfigError(faults)
    return files


def _notebooks(topic: Topic) -> dict[str, bytes]:
    """The topic as a notebook in each language, unless its folder has one of its own."""
    stub = (topic.exercise / topic.entry).read_text(encoding="utf-8-sig")
    made = {}
    for language, readme, name in (
        ("en", "README.md", f"{topic.module}.ipynb"),
        ("zh", "README.zh.md", f"{topic.module}.zh.ipynb"),
    ):
        if not (topic.exercise / name).is_file():
            prose = (topic.exercise / readme).read_text(encoding="utf-8-sig")
            made[name] = notebook(topic.slug, prose, stub, language)
    return made


def _belongs(topic: Topic, name: str, path: Path, folder: str, faults: list[Fault]) -> bool:
    known = (*exercise_files(topic.module), f"{topic.module}.ipynb", f"{topic.module}.zh.ipynb")
    if path.is_symlink():
        faults.append(
            Fault(f"{folder}/{name}", "a link; it may point to the staff's side", "put the file itself there")
        )
    elif name in known or name.split("/", maxsplit=1)[0] in FREE_FOLDERS:
        return True
    else:
        hint = f"delete it, or move it to {' or '.join(f'{free}/' for free in FREE_FOLDERS)}"
        faults.append(Fault(f"{folder}/{name}", "the file belongs to no topic", hint))
    return False


def _grading(course: Course) -> dict[str, Any]:
    """What students may know of grading.yml; a new key stays with the staff until it is listed here."""
    data: dict[str, Any] = {"course": _text(course.title)}
    if course.submit_to:
        data["submit_to"] = course.submit_to
    if course.policy.late != LatePolicy():
        data["late"] = dataclasses.asdict(course.policy.late)
    data["topics"] = []
    for topic in course.topics:
        rule = course.policy.of(topic.slug)
        entry = {"topic": topic.slug, "weight": _short(rule.weight)}
        data["topics"].append(entry | ({"due": rule.due} if rule.due else {}))
    return data


def _topic(topic: Topic) -> dict[str, Any]:
    """topic.yml with the limits that hold, wherever they were written, and the number of checks that stay hidden."""
    usual = Limits()
    limits = {key: value for key, value in dataclasses.asdict(topic.limits).items() if value != getattr(usual, key)}
    return {
        "title": _text(topic.title),
        "needs": list(topic.needs),
        "minutes": topic.minutes,
        "difficulty": topic.difficulty,
        "tasks": [
            {"name": task.name, "points": _short(task.points), "title": _text(task.title)} for task in topic.tasks
        ],
        "hidden_checks": hidden_check_count(topic),
    } | ({"limits": limits} if limits else {})


def _readme(course: Course) -> str:
    rows = []
    for topic in course.topics:
        due = course.policy.of(topic.slug).due
        when = due.strftime("%Y-%m-%d %H:%M %z") if due else ""
        title = " ".join(dict.fromkeys((topic.title.en, topic.title.zh)))
        rows.append(f"| `{topic.slug}` | {title} | {topic.points:g} | {when} |")
    return README.format(en=course.title.en, zh=course.title.zh, rows="\n".join(rows))


def _short(number: float) -> float:
    """20 instead of 20.0"""
    return int(number) if number == int(number) else number


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _yaml(data: dict[str, Any]) -> bytes:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120).encode()

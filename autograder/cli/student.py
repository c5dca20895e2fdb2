"""Commands for students: `start` and `submit`. They import nothing heavy."""

from __future__ import annotations

import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.cli import output
from autograder.cli.workspace import course_option, course_root, need_course, topic_folder
from autograder.errors import UsageError
from autograder.model.text import Text
from autograder.submissions import workspace
from autograder.submissions.due import HandInRules, lateness, read_rules
from autograder.submissions.notebook_entry import notebook_names
from autograder.submissions.topics import TopicFolder, choose, topic_folders

if TYPE_CHECKING:
    from autograder.submissions.drop import HandedIn
    from autograder.submissions.prepare import Prepared

TOOL = f"autograder {__version__}"
SAID = {
    "new": Text("copied", "已复制"),
    "unchanged": Text("unchanged", "没有变化"),
    "updated": Text("updated to the course's newer one", "已更新为课程的新版本"),
    "kept": Text(
        "kept, because you changed it (the course's: start --again)", "你改过它，已保留（课程的版本：start --again）"
    ),
    "beside": Text("the course's one, beside yours", "课程的版本，放在你的旁边"),
}
NEXT = Text(
    "next: read {prose}, fill in {entry}, then: autograder check {topic}",
    "下一步：阅读 {prose}，完成 {entry}，然后运行：autograder check {topic}",
)
SUBMITTED = Text(
    "submitted: {topic}, attempt {attempt}, as {student}", "已提交：{topic}，第 {attempt} 次，姓名 {student}"
)
REPEATED = Text(
    "identical to your submission of {when} (attempt {attempt}), which counts; nothing new was written",
    "与你在 {when} 的提交（第 {attempt} 次）完全相同，以那一次为准；没有写入新内容",
)
ROWS = {
    "files": Text("files", "文件"),
    "content": Text("content", "内容"),
    "time": Text("time", "时间"),
    "due": Text("due", "截止"),
    "archive": Text("archive", "压缩包"),
    "receipt": Text("receipt", "回执"),
}
IN_TIME, LATE = Text("in time", "按时"), Text("late by {lateness}", "迟交 {lateness}")
to_option = click.option(
    "--to",
    "to",
    metavar="PLACE",
    envvar="AUTOGRADER_SUBMIT_TO",
    type=click.Path(path_type=Path),
    help="The drop folder (default: submit_to in grading.yml).",
)


@click.command()
@click.argument("topic", metavar="TOPIC")
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), default=Path(), help="Where to make the folder TOPIC."
)
@click.option("--again", is_flag=True, help="Write the course's files beside those you changed, as NAME.new.py.")
@click.option("--notebook", is_flag=True, help="Work in a notebook instead of a Python file.")
@course_option
@output.json_option
def start(*, topic: str, folder: Path, again: bool, notebook: bool, course_dir: Path | None, as_json: bool) -> None:
    """Copy the stub, the text, the visible checks and the data of TOPIC to ./TOPIC/.

    Nothing of yours is overwritten. TOPIC is a name such as softmax-regression, or its number. With --notebook the text
    and the stub come as one notebook, in the language of your environment.
    """
    root = need_course(course_dir, Path.cwd())
    chosen = choose(topic, topic_folders(root))
    place = folder / chosen.slug
    copied = workspace.start(chosen, root, place, again, _notebook(chosen) if notebook else b"")
    if as_json:
        output.print_json({"topic": chosen.slug, "folder": place, "files": [[one.path, one.what] for one in copied]})
        return
    for one in copied:
        output.answer(f"{one.path}: {SAID[one.what].to(output.language())}")
    entry = place / (f"{chosen.module}.ipynb" if notebook else chosen.entry)
    output.say(NEXT.to(output.language()).format(prose=place / _prose(chosen), entry=entry, topic=chosen.slug))


def _prose(topic: TopicFolder) -> str:
    """The text of a topic in the language of the environment, if it has one in it."""
    chinese = output.language() == "zh" and (topic.path / "README.zh.md").is_file()
    return "README.zh.md" if chinese else "README.md"


def _notebook(topic: TopicFolder) -> bytes:
    """The topic as a notebook: the one in its folder, else made from its text and its stub."""
    from autograder.course.notebook import notebook

    chinese = _prose(topic) == "README.zh.md"
    ready = topic.path / notebook_names(topic.module)[chinese]
    if ready.is_file():
        return ready.read_bytes()
    prose, stub = ((topic.path / name).read_text(encoding="utf-8-sig") for name in (_prose(topic), topic.entry))
    return notebook(topic.slug, prose, stub, "zh" if chinese else "en")


@click.command()
@click.argument("topic", metavar="TOPIC")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--student", metavar="NAME", envvar="AUTOGRADER_STUDENT", help="Your name in the course; remembered.")
@to_option
@click.option("--strict", is_flag=True, help="Don't submit a file that Python can't read.")
@course_option
@output.json_option
def submit(  # noqa: PLR0913  # one argument per option
    topic: str,
    file: Path | None,
    student: str | None,
    to: Path | None,
    strict: bool,
    course_dir: Path | None,
    as_json: bool,
) -> None:
    """Hand in FILE, a Python file or a notebook (default: that of TOPIC, here or in ./TOPIC/), and print a receipt.

    Modules beside it that it imports are handed in with it. Submitting again makes a new attempt; the same files again
    change nothing. The receipt is also written beside your file.
    """
    from autograder.submissions.prepare import find_file, prepare

    here = Path.cwd()
    root = course_root(course_dir, here, topic)
    chosen = topic_folder(topic, root, here)
    prepared = prepare(chosen, find_file(chosen, file, [here, here / chosen.slug]))
    for warning in prepared.warnings:
        output.say(f"warning: {warning}")
    if prepared.syntax and strict:
        output.say("nothing was submitted\n  -> correct the line above, or submit without --strict")
        output.leave(output.WANTING)
    rules = read_rules(root) if root else HandInRules(note="no course around this folder, so lateness is unknown")
    if rules.note:
        output.say(f"warning: {rules.note}")
    place = _place(to, rules)
    handed = _hand_in(prepared, chosen, _student(student, chosen, here), place, rules)
    written = _keep(handed, prepared, chosen, place)
    if as_json:
        extra = {"repeated": handed.repeated, "path": handed.archive, "warnings": list(prepared.warnings)}
        output.print_json({"receipt": handed.receipt, **extra})
    else:
        output.answer(_receipt_text(handed, written))


def _hand_in(prepared: Prepared, topic: TopicFolder, student: str, place: Path, rules: HandInRules) -> HandedIn:
    from autograder.model.submission import Submission
    from autograder.submissions.drop import hand_in

    now = datetime.now().astimezone()
    submission = Submission(student, topic.slug, prepared.files, submitted_at=now)
    return hand_in(place, submission, rules.due.get(topic.slug), TOOL)


def _place(to: Path | None, rules: HandInRules) -> Path:
    """The drop folder. It is made if only its last part is missing: a share that is not mounted must be noticed."""
    place = to or rules.submit_to
    if place is None:
        now = "name the drop folder: --to PLACE, or the environment variable AUTOGRADER_SUBMIT_TO"
        raise UsageError("no place to submit to is known", now=now)
    if not place.is_dir() and (place.exists() or not place.resolve().parent.is_dir()):
        now = "check the path, or ask staff which folder to use"
        raise UsageError("the drop folder is not there", where=str(place), now=now)
    return place.resolve()


def _student(given: str | None, topic: TopicFolder, here: Path) -> str:
    """The name said, remembered, or asked for."""
    from autograder.submissions.names import clean_student

    name = given or workspace.recall_student(topic, here)
    if not name and sys.stdin.isatty():
        name = click.prompt("Your name in the course", err=True)
    if not name:
        now = "say it once with --student NAME; it is remembered"
        raise UsageError("your name is not known yet", now=now)
    return clean_student(name)


def _keep(handed: HandedIn, prepared: Prepared, topic: TopicFolder, place: Path) -> Path | None:
    """Write the receipt beside the student's file, and note the hand-in; the hand-in counts even if neither works."""
    from autograder.errors import AutograderError
    from autograder.submissions.receipt import to_text
    from autograder.submissions.write import write_whole

    path = prepared.path.parent / f"{topic.slug}.receipt.json"
    receipt = handed.receipt
    try:
        write_whole(path, to_text(receipt).encode())
        if workspace.recall(path.parent).get("topic") == topic.slug:
            done = {"at": receipt["submitted_at"], "attempt": receipt["attempt"], "digest": receipt["content"]}
            changes = {"student": receipt["student"], "submitted": {**done, "to": str(place)}}
            workspace.remember(path.parent, **changes)
    except (OSError, AutograderError) as fault:
        output.say(f"warning: submitted, but {path} could not be written: {fault}")
        return None
    return path


def _receipt_text(handed: HandedIn, written: Path | None) -> str:
    speak, receipt = output.language(), handed.receipt
    when = datetime.fromisoformat(receipt["submitted_at"])
    title = (REPEATED if handed.repeated else SUBMITTED).to(speak)
    files = ", ".join(f"{file['path']} ({file['bytes']} bytes)" for file in receipt["files"])
    rows = {
        "files": files,
        "content": receipt["content"],
        "time": f"{when:%Y-%m-%d %H:%M:%S %z}",
        "due": _due_text(receipt, speak),
        "archive": str(handed.archive),
        "receipt": str(written or Text("could not be written", "无法写入").to(speak)),
    }
    labels = {name: ROWS[name].to(speak) for name, value in rows.items() if value}
    wide = max(map(_width, labels.values()))
    lines = [f"  {label}{' ' * (wide - _width(label))}  {rows[name]}" for name, label in labels.items()]
    said = {"topic": receipt["topic"], "attempt": receipt["attempt"], "student": receipt["student"]}
    return "\n".join([title.format(when=f"{when:%Y-%m-%d %H:%M:%S %z}", **said), *lines])


def _width(text: str) -> int:
    """Columns of a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _due_text(receipt: dict[str, Any], speak: str) -> str:
    if receipt["due"] is None:
        return ""
    late = receipt["late_seconds"]
    mark = "，" if speak == "zh" else ", "
    return f"{receipt['due']}{mark}" + (LATE.to(speak).format(lateness=lateness(late)) if late else IN_TIME.to(speak))

"""`autograder check`: the visible checks on the student's own code, with everything they may know."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import output
from autograder.cli.workspace import course_option, find_work, remember

if TYPE_CHECKING:
    from autograder.model.course import Topic
    from autograder.model.job import Job
    from autograder.model.picture import Picture
    from autograder.model.result import TopicResult

    Drawn = list[tuple[Picture, Path | None]]


@click.command()
@click.argument("topic")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--task", "tasks", multiple=True, help="Only the checks of this task (repeatable).")
@course_option
@click.option("--language", type=click.Choice(["en", "zh"]), default=None, help="Language of the messages.")
@click.option("--seed", default=1, show_default=True, help="Seed of random inputs.")
@output.json_option
def check(  # noqa: PLR0913  # one argument per option
    topic: str,
    file: Path | None,
    tasks: tuple[str, ...],
    course_dir: Path | None,
    language: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """Check your own work on TOPIC, here on your computer.

    Runs the visible checks on FILE, a Python file or a notebook (default: the topic's here or in ./TOPIC/), and shows
    each call, what came back and where it first differs. Hidden checks run only when your course grades you.
    """
    from autograder.course.discover import hidden_check_count
    from autograder.submissions.prepare import code_of

    work = find_work(topic, file, course_dir)
    code, said = code_of(work.file)
    for note in said:
        output.say(f"warning: {note}")
    result = run(job(work.topic, code, work.file, tasks, seed))
    hidden = hidden_check_count(work.topic)
    passed = sum(check.outcome == "passed" for check in result.checks)
    if not tasks:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        remember(work, checked={"passed": passed, "visible": len(result.checks), "at": at})
    drawn = _save_pictures(result, work.file.parent)
    if as_json:
        output.print_json(_plain(result, hidden, drawn))
    else:
        _show(work.topic, result, hidden, language or output.language(), drawn)
    output.leave(output.FINE if passed == len(result.checks) else output.WANTING)


def job(topic: Topic, code: bytes, file: Path, tasks: tuple[str, ...], seed: int) -> Job:
    """The visible checks of a topic, or of some of its tasks, against the code of `file`, which may need its
    neighbours. Raises UsageError for a task that the topic does not have."""
    from dataclasses import replace

    from autograder.course.check_files import declared
    from autograder.course.discover import topic_spec
    from autograder.errors import UsageError
    from autograder.model.job import Job
    from autograder.model.submission import Submission, SubmittedFile

    names = [task.name for task in topic.tasks]
    if unknown := [task for task in tasks if task not in names]:
        raise UsageError(f"{topic.slug} has no task {unknown[0]!r}", now=f"its tasks: {', '.join(names)}")
    spec = replace(topic_spec(topic), hidden=())
    files = (SubmittedFile(topic.entry, code), *_beside(file, topic))
    submission = Submission(student="you", topic=topic.slug, files=files)
    ids = [check.id for check in declared(topic.visible_checks, topic.visible_checks.name, [])]
    only = tuple(name for name in ids if name.partition(".")[0] in tasks) if tasks else ()
    return Job(
        id="check",
        topic=spec,
        student="you",
        submission=submission.digest,
        files=files,
        problems=(),
        seed=seed,
        mode="plain",
        isolation="own computer",
        only=only,
        pictures=True,
        again=False,  # nobody is graded here, and waiting twice for an endless loop is no help
    )


def _beside(file: Path, topic: Topic) -> list[Any]:
    """Other Python files in the same folder: the student may import them."""
    from autograder.model.submission import SubmittedFile

    own = {topic.entry, file.name, topic.visible_checks.name}
    return [SubmittedFile(path.name, path.read_bytes()) for path in file.parent.glob("*.py") if path.name not in own]


def run(job: Job) -> TopicResult:
    """The job done, here and now, in a child process."""
    from autograder.engine.local import LocalEngine, worker_command
    from autograder.engine.plan import ceiling_s
    from autograder.model.plain import from_plain, to_plain
    from autograder.model.result import TopicResult

    with LocalEngine(1, worker_command("plain", "cpu")) as engine:
        answer = engine.submit(to_plain(job), ceiling_s=ceiling_s(job.topic)).result()
    result: TopicResult = from_plain(TopicResult, answer)
    return result


def _save_pictures(result: TopicResult, beside: Path) -> Drawn:
    """What the checks drew, as PNG files in `pictures/` beside the student's file; by topic and name, so that the next
    check replaces them. The path, from here if it lies below, is None where nothing could be drawn."""
    drawn: Drawn = []
    for picture in (picture for check in result.checks for picture in check.pictures):
        path = beside / "pictures" / f"{result.topic}-{picture.name}.png"
        if picture.png:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(picture.png)
        here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        drawn.append((picture, here if picture.png else None))
    return drawn


def _plain(result: TopicResult, hidden: int, drawn: Drawn) -> dict[str, Any]:
    from dataclasses import replace

    from autograder.model.plain import to_plain

    checks = [to_plain(replace(check, pictures=())) for check in result.checks]
    pictures = [str(path) for _, path in drawn if path]
    return {"topic": result.topic, "hidden": hidden, "checks": checks, "pictures": pictures}


def _show(topic: Topic, result: TopicResult, hidden: int, language: str, drawn: Drawn) -> None:
    from autograder.reports.check import check_report, picture_report

    console = output.console()
    for part in (*check_report(topic, result, hidden, language), *picture_report(drawn, language)):
        console.print(part)

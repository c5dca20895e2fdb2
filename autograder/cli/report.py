"""`autograder report`: what was graded, as a table, as pages, as files for other programs."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import output
from autograder.cli.grade_order import Order
from autograder.cli.hand import DATABASE, db_option, keys_option, note, open_store, sound
from autograder.cli.workspace import course_option, need_course
from autograder.errors import AutograderError, UsageError

if TYPE_CHECKING:
    from autograder.model.course import Course
    from autograder.model.result import TopicResult
    from autograder.reports.facts import Graded, RunFacts
    from autograder.reports.gradebook import Gradebook
    from autograder.store.rows import SubmissionRow
    from autograder.store.store import Store

HERE = ("table", "csv", "json")  # what may go to the terminal
FOLDER = "reports"  # in the folder one is in


@click.command()
@db_option
@keys_option
@course_option
@click.option("--student", default=None, metavar="NAME", help="Only this student; the table then shows every check.")
@click.option("--topic", default=None, metavar="SLUG", help="Only this topic.")
@click.option(
    "--format",
    "wanted",
    type=click.Choice([*HERE, "html", "canvas", "gradescope", "junit", "lti", "nbgrader"]),
    multiple=True,
    help="table here in the terminal (default); html pages; csv; json; files for other programs. Repeatable.",
)
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    help=f"Folder to write into ({FOLDER}; table, csv and json: the terminal).",
)
@click.option("--language", type=click.Choice(["en", "zh"]), default=None, help="Language of table and pages.")
@click.option("--unverified", is_flag=True, help="Also if the results were changed by another hand; those are flagged.")
@output.json_option
def report(  # noqa: PLR0913  # one argument per option
    *,
    database: Path | None,
    keys: Path | None,
    course_dir: Path | None,
    student: str | None,
    topic: str | None,
    unverified: bool,
    wanted: tuple[str, ...],
    target: Path | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Show what was graded, or write it as pages and files.

    The folder of a report holds students/, one page for each student, and staff/, which is not for students: the class
    page, everything about hidden checks, CSV and JSON, and what other gradebooks import (docs/exports.md). csv and json
    without --out go to the terminal.

    Exits with 1, and shows nothing, if the database was changed by another hand: `autograder audit` says how.
    """
    from autograder.course.discover import load_course

    formats = tuple(dict.fromkeys((*wanted, *(("json",) if as_json else ())))) or ("table",)
    course = load_course(need_course(course_dir, Path.cwd()))
    _must_be_there(course, database or course.root / DATABASE, topic)
    speak = language or output.language()
    files = [name for name in formats if name != "table" and (target or name not in HERE)]
    with open_store(course.root, database, keys) as store:
        gradebook, results = _stored(course, store, student, topic, sound(store, unverified=unverified))
        if files:
            _write(gradebook, results, target or Path(FOLDER), speak, files)
            note(
                store, "report.written", str((target or Path(FOLDER)).absolute()), formats=files, unverified=unverified
            )
    for name in formats:
        if name not in files:
            _print(name, gradebook, results, speak, student)


def read_gradebook(  # what to read, and how to narrow and mark it
    course: Course,
    store: Store,
    run: RunFacts,
    *,
    student: str | None = None,
    topic: str | None = None,
    marks: Mapping[int, str] | None = None,
) -> tuple[Gradebook, list[TopicResult]]:
    """The gradebook of what counts in the store, and the results it is made of. With `topic` the course is narrowed to
    that topic, with `student` the roster to that student; `marks` are flags for results that do not hold."""
    from autograder.reports.gradebook import build

    results = store.current(student, topic, marks)
    rows = {(row.student, row.topic, row.digest): row for row in store.submissions()}
    if topic:
        course = replace(course, topics=tuple(each for each in course.topics if each.slug == topic))
    if student:
        run = replace(run, roster=(student,))
    entries = [
        graded(course, result, rows.get((result.student, result.topic, result.submission))) for result in results
    ]
    return build(course, entries, run), results


def graded(course: Course, result: TopicResult, row: SubmissionRow | None) -> Graded:
    """A result with its score under the rules of the course, and what is known of its submission."""
    from autograder.grading.score import score
    from autograder.reports.facts import FileFacts, Graded, SubmissionFacts

    at = row.submitted_at if row else None
    points = score(result, course.policy.of(result.topic), course.policy.late, at)
    if row is None:
        return Graded(result, points)
    files = tuple(FileFacts(file.path, file.size, file.sha256) for file in row.files)
    facts = SubmissionFacts(row.student, row.topic, row.digest, at, row.attempt, files, row.problems, row.source)
    return Graded(result, points, facts)


def _must_be_there(course: Course, database: Path, topic: str | None) -> None:
    from autograder.course.near import near

    slugs = [each.slug for each in course.topics]
    if topic is not None and topic not in slugs:
        raise UsageError(f'the course has no topic "{topic}"', now=near(topic, slugs) or "see `autograder list`")
    if not database.is_file():
        raise UsageError("no results here yet", where=str(database), now="run `autograder grade`, or name it with --db")


def _stored(
    course: Course, store: Store, student: str | None, topic: str | None, marks: Mapping[int, str]
) -> tuple[Gradebook, list[TopicResult]]:
    from autograder.course.near import near

    known = sorted({row.student for row in store.matrix()})
    if student is not None and student not in known:
        raise UsageError(f'nothing was graded for "{student}"', now=near(student, known) or "`autograder report`")
    return read_gradebook(course, store, _run_facts(course, store), student=student, topic=topic, marks=marks)


def _run_facts(course: Course, store: Store) -> RunFacts:
    """What the last `grade` on this store was asked for, as far as it still holds."""
    from autograder.course.discover import checks_digest
    from autograder.model.plain import from_plain
    from autograder.reports.facts import RunFacts
    from autograder.submissions.roster import read_roster

    last = next(iter(store.runs()), None)
    try:
        order = from_plain(Order, last.options) if last else Order()
    except (TypeError, ValueError, KeyError):  # another version of the program; its results count all the same
        order = Order()
    roster: tuple[str, ...] = ()
    if order.roster:
        try:
            roster = read_roster(Path(order.roster)).students
        except (AutograderError, OSError) as fault:
            output.say(f"without the roster, so nobody is listed as missing: {fault}")
    again = ["autograder", "grade", *order.sources, "--course", str(course.root), "--db", str(store.path)]
    return RunFacts(
        made_at=datetime.now().astimezone(),
        roster=roster,
        digests={topic.slug: checks_digest(topic) for topic in course.topics},
        again=shlex.join([*again, *(["--unsafe"] if order.unsafe else [])]),
    )


def _write(
    gradebook: Gradebook, results: Sequence[TopicResult], target: Path, language: str, formats: Sequence[str]
) -> None:
    from autograder.reports.write import write_reports

    written = write_reports(gradebook, results, target, language=language, formats=formats)
    output.answer(str(written[0]))
    output.say(f"{len(written)} files in {target}; give students only what is in {target / 'students'}")


def _print(name: str, gradebook: Gradebook, results: Sequence[TopicResult], language: str, student: str | None) -> None:
    if name == "json":
        from autograder.reports.json_file import dumps
        from autograder.reports.json_file import report as json_report

        click.echo(dumps(json_report(gradebook, results)), nl=False)
        return
    if name == "csv":
        from autograder.reports.csv_files import wide_csv

        click.echo(wide_csv(gradebook), nl=False)
        return
    from autograder.reports.terminal import class_table, student_detail

    row = gradebook.row(student) if student is not None else None
    detail = class_table(gradebook, language) if row is None else student_detail(gradebook, row, results, language)
    output.console().print(detail)

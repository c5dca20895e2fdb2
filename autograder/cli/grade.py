"""`autograder grade`: a class from its uploads to its reports."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from autograder.cli import output
from autograder.cli.grade_order import Order, chosen_topics, default_sources
from autograder.cli.grade_run import Desk, grade_class
from autograder.cli.hand import DATABASE, keys_option
from autograder.cli.report import FOLDER
from autograder.cli.workspace import course_option, need_course
from autograder.errors import UsageError


@click.command()
@click.argument("submissions", nargs=-1, type=click.Path(path_type=Path))
@course_option
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only this student (repeatable).")
@click.option("--topic", "topics", multiple=True, metavar="SLUG", help="Only this topic (repeatable).")
@click.option("--roster", type=click.Path(path_type=Path), metavar="CSV", help="Who belongs to the course.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Grader processes (default: one per core).")
@click.option("--resume", is_flag=True, help="Go on with the last run that was interrupted, as it was asked for.")
@click.option("--again", is_flag=True, help="Grade also what has a result already; the old results are kept.")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=None, help="Of the hidden inputs (the course's own)."
)
@click.option("--unsafe", is_flag=True, help="Without isolation; every result is marked.")
@click.option("--db", "database", type=click.Path(path_type=Path), help=f"Results ({DATABASE} in the course).")
@keys_option
@click.option("--reports", type=click.Path(path_type=Path), default=Path(FOLDER), show_default=True, help="Pages.")
@click.option("--quiet", is_flag=True, help="No progress and no table.")
@output.json_option
@click.pass_context
def grade(  # noqa: PLR0913  # one argument per option
    ctx: click.Context,
    *,
    submissions: tuple[Path, ...],
    course_dir: Path | None,
    students: tuple[str, ...],
    topics: tuple[str, ...],
    roster: Path | None,
    jobs: int | None,
    resume: bool,
    again: bool,
    device: str,
    seed: int | None,
    unsafe: bool,
    database: Path | None,
    keys: Path | None,
    reports: Path,
    quiet: bool,
    as_json: bool,
) -> None:
    """Grade SUBMISSIONS: folders of students, archives, or the drop folder of `submit`.

    Without SUBMISSIONS, the course's drop folder or ./submissions. What was graded before and did not change costs
    nothing. Exits with 3 if a submission could not be graded because of a fault on our side: those have no points and
    no zero, and the next `grade` tries them again.
    """
    from autograder.course.discover import load_course

    here = Path.cwd()
    course = load_course(need_course(course_dir, here))
    order = (
        None
        if resume
        else Order(
            sources=tuple(str(path.absolute()) for path in submissions) or default_sources(course, here),
            students=students,
            topics=chosen_topics(course, topics),
            roster=str(roster.absolute()) if roster else "",
            seed=seed,
            device=device,
            again=again,
            unsafe=unsafe,
        )
    )
    if resume:
        _refuse_others(ctx)
    started = datetime.now(UTC)
    desk = Desk(course, database or course.root / DATABASE, reports, jobs or _cores(), as_json, quiet, started, keys)
    output.leave(grade_class(desk, order))


def _refuse_others(ctx: click.Context) -> None:
    """--resume goes on with what the run was asked for; anything else on the line would contradict it."""
    own = ("submissions", "students", "topics", "roster", "again", "device", "seed", "unsafe")
    given = [name for name in own if ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE]
    if any(ctx.params[name] for name in given):
        raise UsageError(
            "--resume goes on with the sources and options of the interrupted run",
            now=f"leave out {', '.join(given)}, or leave out --resume: what is graded already costs nothing",
        )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

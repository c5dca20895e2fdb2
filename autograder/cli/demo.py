"""`autograder demo`: the sample class, graded as an instructor would."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.grade import grade
from autograder.cli.workspace import course_option, need_course
from autograder.errors import UsageError

CLASS = Path("examples") / "class"
PLACE = Path("reports") / "demo"


@click.command()
@course_option
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Grader processes (default: one per core).")
@click.pass_context
def demo(ctx: click.Context, course_dir: Path | None, jobs: int | None) -> None:
    """Grade the sample class in examples/class and write its reports to reports/demo.

    Twelve made-up students: right, half done, typical mistakes, and hostile code of many kinds.
    """
    root = need_course(course_dir, Path.cwd())
    source = root / CLASS
    if not source.is_dir():
        raise UsageError("this course has no sample class", where=str(source), now="grade your own: autograder grade")
    place = root / PLACE
    place.mkdir(parents=True, exist_ok=True)
    ctx.invoke(
        grade, submissions=(source,), course_dir=root, jobs=jobs, database=place / "demo.db", reports=place / "pages"
    )

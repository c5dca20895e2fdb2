"""`autograder collect`: from what staff were given to the normal layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.cli import output
from autograder.cli.workspace import course_option, need_course

if TYPE_CHECKING:
    from autograder.submissions.collected import Written
    from autograder.submissions.collection import Collection


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Where to write them.")
@click.option("--roster", metavar="CSV", type=click.Path(path_type=Path), help="Who belongs to the course.")
@course_option
@output.json_option
def collect(sources: tuple[Path, ...], into: Path, roster: Path | None, course_dir: Path | None, as_json: bool) -> None:
    """Gather submissions from SOURCEs into DIR/<student>/<topic>/.

    A SOURCE is a folder of students, an archive of a whole class or of one student, a folder of such archives, or a
    drop folder of `submit`; what it is, is seen by its content. Nothing that is in DIR is lost: an attempt that is
    replaced stays in DIR/<student>/.attempts/. Exits with 1 if something was rejected.
    """
    from autograder.submissions import collected
    from autograder.submissions.collect import collect as gather
    from autograder.submissions.roster import read_roster
    from autograder.submissions.topics import topic_folders

    topics = topic_folders(need_course(course_dir, Path.cwd()))
    found = gather(sources, topics, roster=read_roster(roster) if roster else None)
    written = collected.write(found.submissions, into, f"autograder {__version__}")
    if as_json:
        output.print_json(_plain(found, written))
    else:
        _show(found, written)
    output.leave(output.WANTING if found.rejects or not found.submissions else output.FINE)


def _plain(found: Collection, written: Sequence[Written]) -> dict[str, Any]:
    return {
        "submissions": [
            {
                "student": one.submission.student,
                "topic": one.submission.topic,
                "attempt": one.submission.attempt,
                "digest": one.submission.digest,
                "submitted_at": one.submission.submitted_at and one.submission.submitted_at.isoformat(),
                "source": one.submission.source,
                "files": [file.path for file in one.submission.files],
                "problems": [
                    {"code": problem.code, "fatal": problem.fatal, "en": problem.text.en, "zh": problem.text.zh}
                    for problem in one.submission.problems
                ],
                "what": one.what,
                "path": one.path,
            }
            for one in written
        ],
        "rejects": [{"where": one.where, "en": one.text.en, "zh": one.text.zh} for one in found.rejects],
        "earlier": [
            {"student": one.student, "topic": one.topic, "attempt": one.attempt, "digest": one.digest}
            | {"submitted_at": one.submitted_at and one.submitted_at.isoformat(), "source": one.source}
            for one in found.earlier
        ],
        "missing": list(found.missing),
    }


def _show(found: Collection, written: Sequence[Written]) -> None:
    from rich.table import Table

    language = output.language()
    students = {one.submission.student for one in written}
    table = Table(title=f"{len(written)} submissions of {len(students)} students", title_justify="left")
    for heading in ("student", "topic", "files", "attempt", "", "what to know"):
        table.add_column(heading, justify="right" if heading in ("files", "attempt") else "left", overflow="fold")
    for one in written:
        each = one.submission
        notes = " ".join(problem.text.to(language) for problem in each.problems)
        cells = [each.student, each.topic, str(len(each.files)), str(each.attempt), one.what, notes]
        table.add_row(*map(output.safe, cells), style="red" if each.fatal else None)
    output.console().print(table)
    for earlier in found.earlier:
        output.answer(f"earlier: {earlier.student}, {earlier.topic}, attempt {earlier.attempt} ({earlier.source})")
    if found.missing:
        output.answer(f"on the roster, nothing found: {', '.join(found.missing)}")
    for reject in found.rejects:
        output.answer(f"rejected: {reject.where}: {reject.text.to(language)}")
    if not written:
        output.say("no submissions found\n  -> expected: <student>/<topic>/<topic>.py, archives of that, or hand-ins")

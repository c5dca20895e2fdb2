"""`autograder collect`: from what staff were given to the normal layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.cli import output
from autograder.cli.hand import db_option, keys_option, now, open_store
from autograder.cli.workspace import course_option, need_course
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from autograder.store.store import Store
    from autograder.submissions.collected import Written
    from autograder.submissions.collection import Collection


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Where to write them.")
@click.option("--roster", metavar="CSV", type=click.Path(path_type=Path), help="Who belongs to the course.")
@click.option("--no-receipts", "silent", is_flag=True, help="Sign no receipts and note nothing in the trail.")
@db_option
@keys_option
@course_option
@output.json_option
def collect(  # noqa: PLR0913  # one argument per option
    *,
    sources: tuple[Path, ...],
    into: Path,
    roster: Path | None,
    silent: bool,
    database: Path | None,
    keys: Path | None,
    course_dir: Path | None,
    as_json: bool,
) -> None:
    """Gather submissions from SOURCEs into DIR/<student>/<topic>/.

    A SOURCE is a folder of students, an archive of a whole class or of one student, a folder of such archives, or a
    drop folder of `submit`; what it is, is seen by its content. Nothing that is in DIR is lost: an attempt that is
    replaced stays in DIR/<student>/.attempts/. Exits with 1 if something was rejected.

    For every hand-in of `submit` that is whole, a receipt signed by the course is put beside it, where its student
    finds it; the trail notes who was collected.
    """
    from autograder.submissions import collected
    from autograder.submissions.collect import collect as gather
    from autograder.submissions.roster import read_roster
    from autograder.submissions.topics import topic_folders

    root = need_course(course_dir, Path.cwd())
    topics = topic_folders(root)
    found = gather(sources, topics, roster=read_roster(roster) if roster else None, now=datetime.now(UTC))
    written = collected.write(found.submissions, into, f"autograder {__version__}")
    signed = 0 if silent else _sign(found, sources, into, lambda: open_store(root, database, keys))
    if as_json:
        output.print_json(_plain(found, written) | {"receipts": signed})
    else:
        _show(found, written)
        if signed:
            output.answer(f"signed receipts put beside {signed} hand-ins")
    output.leave(output.WANTING if found.rejects or not found.submissions else output.FINE)


def _sign(found: Collection, sources: Sequence[Path], into: Path, store: Callable[[], Store]) -> int:
    """Sign a receipt for every hand-in; how many lie beside theirs now. What is collected stays so if that fails."""
    from autograder.submissions.handback import hand_ins, put_beside

    handed = hand_ins(found, sources, f"autograder {__version__}")
    details = {
        "sources": [str(source) for source in sources],
        "into": str(into.absolute()),
        "submissions": [[one.student, one.topic, one.digest] for one in found.submissions],
        "rejected": len(found.rejects),
    }
    try:
        with store() as opened:
            given = opened.give_receipts([one.said for one in handed], now(), details)
    except (AutograderError, ModuleNotFoundError) as fault:
        advice = output.missing_extra(fault) if isinstance(fault, ModuleNotFoundError) else ""
        output.say(
            f"warning: collected, but no receipt was signed and the trail knows nothing of it: {advice or fault}"
        )
        return 0
    placed = 0
    for one, receipt in zip(handed, given, strict=True):
        try:
            put_beside(one, receipt)
            placed += 1
        except OSError as fault:
            where = one.place.joinpath(*one.path)
            output.say(f"warning: the signed receipt can't be put beside {where}: {fault.strerror}; the store keeps it")
    return placed


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

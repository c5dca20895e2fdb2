"""One run of `grade`: gather, plan, grade, store, report."""

from __future__ import annotations

import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.cli import output
from autograder.cli.grade_order import Order, gather, recorded, select, supersede
from autograder.cli.hand import note, open_store, sound
from autograder.cli.report import read_gradebook

if TYPE_CHECKING:
    from types import FrameType

    from autograder.cli.grade_progress import Progress
    from autograder.engine.ledger import Ledger
    from autograder.model.course import Course
    from autograder.model.job import Job, TopicSpec
    from autograder.model.result import TopicResult
    from autograder.reports.facts import RunFacts
    from autograder.reports.gradebook import Gradebook
    from autograder.store.store import Store
    from autograder.submissions.collection import Collection

UNSAFE = """WARNING: --unsafe. Student code runs as you, without isolation: it can read and change your files, use the
network, see the hidden checks and forge its results. Every result is marked. Use it only on code you trust."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one command works and how it talks."""

    course: Course
    database: Path
    reports: Path
    workers: int
    as_json: bool
    quiet: bool
    started: datetime
    keys: Path | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of a run."""

    run: int
    jobs: list[Job]
    progress: Progress
    found: Collection


def grade_class(desk: Desk, order: Order | None) -> int:
    """Grade, store, report; None resumes the last interrupted run. The answer is the exit code."""
    from autograder.reports.write import refuse_foreign

    refuse_foreign(desk.reports.absolute().resolve())  # now, not after an hour of grading
    with open_store(desk.course.root, desk.database, desk.keys) as store:
        sound(store)
        if order is None:
            run, order = recorded(store)
            graded = _run(desk, store, order, run)
        else:
            graded = _run(desk, store, order, None)
        facts = _facts(desk, order, graded)
        sound(store)
        gradebook, results = read_gradebook(desk.course, store, facts)
        code = _conclude(desk, graded, gradebook, results)
        note(store, "report.written", str(desk.reports.absolute()), run=graded.run)
    return code


def _run(desk: Desk, store: Store, order: Order, run: int | None) -> Graded:
    """From uploads to stored results. The run is recorded once its order has proved sensible."""
    from autograder.engine.ledger import StoreLedger
    from autograder.engine.plan import Conditions, plan
    from autograder.engine.seam import grader_version
    from autograder.model.plain import to_plain

    found = gather(order, desk.course)
    chosen = select(found.submissions, order)
    if order.unsafe:
        output.say(UNSAFE)
    if not desk.quiet:
        for reject in found.rejects:
            output.say(f"not a submission: {reject.where}: {reject.text.to(output.language())}")
    if run is None:
        supersede(store, order, _now())
        run = store.start_run(to_plain(order), _now())
    store.record_submissions(found.submissions, _now())
    seed = store.secret_seed() if order.seed is None else order.seed
    jobs = plan(desk.course, chosen, _specs(desk.course), Conditions(seed, order.device, order.unsafe))
    hide = (desk.course.root, store.path.parent, store.key_place)
    ledger = StoreLedger(store, run, grader_version(), _now, redo=order.again)
    progress = _dispatch(desk, order, jobs, ledger, hide)
    if not progress.stopping:
        store.finish_run(run, _now())
    return Graded(run, jobs, progress, found)


def _dispatch(desk: Desk, order: Order, jobs: list[Job], ledger: Ledger, hide: tuple[Path, ...]) -> Progress:
    """`hide` are the folders no sandbox may see: the course, the results, the keys."""
    from rich.console import Console

    from autograder.cli.grade_progress import Progress
    from autograder.engine.dispatch import run_jobs
    from autograder.engine.local import LocalEngine, worker_command

    command = worker_command("plain" if order.unsafe else "wall", order.device, *hide)
    with LocalEngine(min(desk.workers, max(1, len(jobs))), command) as engine:
        console = Console(stderr=True, highlight=False)
        progress = Progress(console, len(jobs), engine.at, quiet=desk.quiet)
        with progress, _stopping_gently(progress):
            run_jobs(jobs, engine, ledger, on_event=progress, stopping=lambda: progress.stopping)
    return progress


@contextmanager
def _stopping_gently(progress: Progress) -> Iterator[None]:
    """The first Ctrl-C finishes what runs; the second one is a KeyboardInterrupt."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if progress.stopping:
            raise KeyboardInterrupt
        progress.stopping = True
        output.say("\nstopping: what runs is finished first; Ctrl-C again to stop at once")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _conclude(desk: Desk, graded: Graded, gradebook: Gradebook, results: list[TopicResult]) -> int:
    """Write the reports, say what happened and where everything is."""
    from autograder.reports.write import write_reports

    pages = write_reports(gradebook, results, desk.reports, language=output.language())
    mine = {(job.student, job.topic.slug): job for job in graded.jobs}
    internal = [f"{one.student}, {one.topic}" for one in results if one.outcome == "internal" and _of(one, mine)]
    if desk.as_json:
        output.print_json(_plain(desk, graded, gradebook, pages[0], internal))
    elif not desk.quiet:
        from autograder.reports.terminal import class_table

        output.console().print(class_table(gradebook, output.language()))
    progress = graded.progress
    reused = f", {progress.skipped} already graded" if progress.skipped else ""
    output.say(f"{progress.graded} graded in {progress.seconds:.1f} s{reused}")
    output.say(f"results  {desk.database}\nopen     {pages[0]}")
    for name in internal:
        output.say(f"NOT GRADED because of a fault on our side: {name}; the staff page says why, `grade` tries again")
    if progress.stopping:
        missing = len(mine) - progress.graded - progress.skipped
        output.say(f"stopped with {missing} still to grade\n  -> autograder grade --resume")
        return output.INTERRUPTED
    return output.OUR_FAULT if internal else output.FINE


def _of(result: TopicResult, jobs: dict[tuple[str, str], Job]) -> bool:
    """Is this the result of one of the jobs of this command?"""
    job = jobs.get((result.student, result.topic))
    return job is not None and job.submission == result.submission


def _plain(desk: Desk, graded: Graded, gradebook: Gradebook, page: Path, internal: list[str]) -> dict[str, Any]:
    cells = [cell for cell in gradebook.cells if cell.outcome is not None]
    return {
        "run": graded.run,
        "database": desk.database,
        "reports": page,
        "graded": graded.progress.graded,
        "reused": graded.progress.skipped,
        "retried": graded.progress.retried,
        "stopped": graded.progress.stopping,
        "internal": internal,
        "rejected": [{"where": one.where, "en": one.text.en, "zh": one.text.zh} for one in graded.found.rejects],
        "results": [
            {"student": cell.student, "topic": cell.topic, "outcome": str(cell.outcome), "maximum": cell.maximum}
            | {"points": cell.score.raw if cell.score else None, "final": cell.final, "isolated": cell.isolated}
            for cell in cells
        ],
    }


def _facts(desk: Desk, order: Order, graded: Graded) -> RunFacts:
    from autograder.reports.facts import RunFacts
    from autograder.submissions.roster import read_roster

    again = ["autograder", "grade", *order.sources, "--course", str(desk.course.root), "--db", str(desk.database)]
    return RunFacts(
        made_at=datetime.now().astimezone(),
        roster=read_roster(Path(order.roster)).students if order.roster else (),
        digests={slug: spec.digest for slug, spec in _specs(desk.course).items()},
        again=shlex.join([*again, *(["--unsafe"] if order.unsafe else [])]),
        wall_s=graded.progress.seconds,
        workers=desk.workers,
        reused=graded.progress.skipped,
    )


def _specs(course: Course) -> dict[str, TopicSpec]:
    from autograder.course.discover import topic_spec

    return {topic.slug: topic_spec(topic) for topic in course.topics}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

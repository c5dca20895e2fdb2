"""One submission in, one result out. Knows checks, sandboxes and points; no files, no store, no clock of the day."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from autograder.errors import WorkerLost
from autograder.grading.again import SecondRuns, doubtful, killed_from_outside
from autograder.grading.findings import Finding, find, is_loss
from autograder.grading.seat import Seat, Spawn
from autograder.grading.session import CheckSession
from autograder.grading.words import BROKEN, NOT_RUN, prerequisite
from autograder.model.course import Limits, Task
from autograder.model.job import Job
from autograder.model.pace import stretch, time_notes
from autograder.model.result import NOT_HERE, CheckResult, LimitNote, Outcome, TopicResult
from autograder.pytest_plugin import CheckItem
from autograder.sandbox.clock import COUNTED
from autograder.sandbox.process import SandboxProcess

MAX_DEATHS = 2  # sandboxes that may die in one task; an endless loop costs its own task, never the others


def grade(job: Job, session: CheckSession, spawn: Spawn, *, grader: str, started_at: str) -> TopicResult:
    """Run every check of the job's topic against its submission.

    Exceptions that are not about the student (no sandbox to be had, a broken machine) pass through: the job is then
    tried again elsewhere. `started_at` is recorded as given.
    """
    begun = time.monotonic()
    notes: list[LimitNote] = []

    def noted(limits: Limits) -> SandboxProcess:
        process = spawn(limits)
        notes[:] = process.notes
        return process

    seat = Seat(job, noted)
    second = SecondRuns(job.again)
    session.seat(seat, job.seed, job.device, pictures=job.pictures)
    try:
        checks = _run(_Room(job, session, seat, second))
    finally:
        session.seat(None)
        seat.close()
    return TopicResult(
        student=job.student,
        topic=job.topic.slug,
        submission=job.submission,
        checks_digest=job.topic.digest,
        grader=grader,
        device=job.device,
        seed=job.seed,
        isolation=job.isolation,
        checks=checks,
        limits=time_notes(notes, job.topic.limits, stretch(job.speed), COUNTED),
        flags=(*_flags(seat, checks), *second.flags),
        problems=(*(problem.text for problem in job.problems), *seat.notes.values()),
        output=seat.usage.output.decode("utf-8", "replace"),
        cpu_s=round(seat.usage.cpu_s, 4),
        wall_s=round(time.monotonic() - begun, 4),
        peak_memory_mb=round(seat.usage.peak_memory_mb, 1),
        started_at=started_at,
        tries=job.tries,
        speed=job.speed,
    )


def _flags(seat: Seat, checks: tuple[CheckResult, ...]) -> tuple[str, ...]:
    """What a person should look at."""
    flags = [f"protocol violation: {what}" for what in seat.usage.violations]
    flags += [f"{check.check} broke on what came back" for check in checks if check.reason == BROKEN]
    return tuple(dict.fromkeys(flags))


@dataclass(frozen=True, slots=True)
class _Room:
    """What the checks of one submission share."""

    job: Job
    session: CheckSession
    seat: Seat
    second: SecondRuns


def _run(room: _Room) -> tuple[CheckResult, ...]:
    job = room.job
    maximum = points(job.topic.tasks, room.session.checks)
    results: dict[str, CheckResult] = {}
    deaths: Counter[str] = Counter()
    for check in room.session.checks:
        if job.only and check.mark.id not in job.only:
            continue
        unmet = [name for name in check.mark.needs if name in results and not _passed(results[name])]
        blank = CheckResult(
            check=check.mark.id,
            task=check.mark.task,
            outcome=Outcome.PASSED,
            points=0.0,
            max_points=maximum[check.mark.id],
            hidden=check.hidden,
            hint=check.mark.hint,
        )
        if unmet:
            result = replace(blank, outcome=Outcome.SKIPPED, reason="prerequisite", message=prerequisite(unmet))
        elif deaths[check.mark.task] >= MAX_DEATHS:
            result = replace(blank, outcome=Outcome.SKIPPED, reason="not-run", message=NOT_RUN)
        else:
            result = _check(room, check, blank)
            deaths[check.mark.task] += room.seat.died
        results[check.mark.id] = result
        if job.until_failed and not _passed(result):
            break
    return _shared_anew(tuple(results.values()), job.topic.tasks, room.session.checks)


def _shared_anew(
    results: tuple[CheckResult, ...], tasks: tuple[Task, ...], checks: tuple[CheckItem, ...]
) -> tuple[CheckResult, ...]:
    """Give the points of checks that this machine can't run to the others of their task."""
    absent = {result.check for result in results if result.reason == NOT_HERE}
    if not absent:
        return results
    shares = points(tasks, tuple(check for check in checks if check.mark.id not in absent))
    return tuple(_worth(result, shares.get(result.check, 0.0)) for result in results)


def _worth(result: CheckResult, maximum: float) -> CheckResult:
    fraction = result.points / result.max_points if result.max_points else 0.0
    return replace(result, points=round(maximum * fraction, 6), max_points=maximum)


def _passed(result: CheckResult) -> bool:
    return result.outcome is Outcome.PASSED


def _check(room: _Room, check: CheckItem, blank: CheckResult) -> CheckResult:
    """Run one check; a second time, which then counts, if a busy machine could have caused what came of it."""
    first, doubt = _once(room, check, blank, last=not room.second.allowed)
    if not (doubt and room.second.allowed):
        return first
    room.seat.renew()
    second, doubt = _once(room, check, blank, last=True)
    room.second.note(first, second, confirmed=doubt)
    return replace(second, again=first.outcome.value)


def _once(room: _Room, check: CheckItem, blank: CheckResult, *, last: bool) -> tuple[CheckResult, bool]:
    """One run of a check, and whether its outcome is in doubt; of several parametrised cases the worst one speaks.

    Raises what is a fault of this machine: the job is then tried again elsewhere. A sandbox killed from outside is such
    a fault if there is to be no second run.
    """
    limits, times = room.job.topic.limits, stretch(room.job.speed)
    cpu_limit_s, wall_limit_s = times * (check.mark.cpu_s or limits.cpu_s), times * (check.mark.wall_s or limits.wall_s)
    room.seat.begin(check.mark.id, cpu_limit_s, wall_limit_s, hidden=check.hidden)
    wall_s, ends, measured, drawn = 0.0, [], {}, []
    for case in room.session.run(check):
        wall_s += case.wall_s
        measured.update(case.measured)
        drawn += [] if check.hidden else case.pictures
        if case.error is not None:
            if is_loss(case.error):
                raise case.error
            if last and killed_from_outside(case.error):
                raise WorkerLost("a sandbox was killed from outside", now="`dmesg` may say whether memory ran out")
            ends.append((case.error, find(case.error, room.seat.circumstances(hidden=check.hidden))))
    doubt = doubtful(ends, limits.memory_mb)
    cpu_s = round(room.seat.finish(), 5)
    timed = replace(blank, cpu_s=cpu_s, cpu_limit_s=cpu_limit_s, wall_s=round(wall_s, 5), pictures=tuple(drawn))
    if not ends:
        return replace(timed, points=timed.max_points, measured=measured), False
    worst = min((found for _, found in ends), key=lambda found: found.outcome.rank)
    return _failing(timed, worst, measured), doubt


def _failing(timed: CheckResult, found: Finding, measured: dict[str, float]) -> CheckResult:
    return replace(
        timed,
        outcome=found.outcome,
        points=round(timed.max_points * min(max(found.fraction, 0.0), 1.0), 6),
        message=found.message,
        values=found.values if not timed.hidden else type(found.values)(),
        reason=found.reason,
        detail=found.detail,
        measured={**measured, **found.measured},
    )


def points(tasks: tuple[Task, ...], checks: tuple[CheckItem, ...]) -> dict[str, float]:
    """The points of each check: a task's points, split by the weights of its checks."""
    weights: dict[str, float] = defaultdict(float)
    for check in checks:
        weights[check.mark.task] += check.mark.weight
    worth = {task.name: task.points for task in tasks}
    return {
        check.mark.id: round(worth[check.mark.task] * check.mark.weight / weights[check.mark.task], 6)
        for check in checks
    }

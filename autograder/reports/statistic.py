"""What many results say together: pass rates, clusters of the same error, distribution, cost."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from autograder.model.course import Topic
from autograder.model.result import CheckResult, LimitNote, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.outcomes import NOT_STARTED_REASON

Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, slots=True)
class CheckRate:
    """How one check fared over the class. Our own failures are left out: they say nothing about the check."""

    topic: str
    task: str
    check: str
    hidden: bool
    max_points: float
    passed: int
    ran: int  # passed or not, but not skipped
    skipped: int
    points_share: float  # mean of points / max_points, skipped ones counting zero

    @property
    def graded(self) -> int:
        return self.ran + self.skipped

    @property
    def rate(self) -> float:
        """Passed among all graded, 0..1."""
        return self.passed / self.graded if self.graded else 0.0

    @property
    def remark(self) -> str:
        """ "nobody" or "everybody" passes: worth a look at the check; "" otherwise, or when too few tried."""
        if self.graded < 2:
            return ""
        return "nobody" if self.passed == 0 else "everybody" if self.passed == self.graded else ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Students who fell at the same check for the same reason."""

    topic: str
    check: str
    outcome: Outcome
    reason: str
    message: Text  # of the first of them
    students: tuple[str, ...]

    @property
    def shared(self) -> bool:
        return len(self.students) > 1


@dataclass(frozen=True, slots=True)
class Distribution:
    count: int
    mean: float = 0.0
    median: float = 0.0
    deviation: float = 0.0  # of this class, not an estimate for others
    lowest: float = 0.0
    highest: float = 0.0
    bins: tuple[int, ...] = ()  # ten of equal width from 0 to 1; the last one holds the full score too


@dataclass(frozen=True, slots=True)
class SlowCheck:
    topic: str
    check: str
    median_cpu_s: float
    highest_cpu_s: float
    slowest: str  # the student


@dataclass(frozen=True, slots=True)
class Cost:
    results: int
    cpu_s: float
    wall_s: float
    peak_memory_mb: float
    median_cpu_s: float
    median_wall_s: float
    retried: int  # results that needed more than one start
    slowest: tuple[SlowCheck, ...]
    again: int = 0  # checks that were run a second time, because a busy machine could have caused what came of them
    changed: int = 0  # of these, the ones that came out differently then


def tally(values: Iterable[Kind]) -> dict[Kind, int]:
    """Value -> how often, most frequent first; equal counts in the order of their text."""
    counted = Counter(values)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], str(item[0]))))


def check_rates(results: Sequence[TopicResult], topics: Sequence[Topic]) -> tuple[CheckRate, ...]:
    """One for each check, by topic, then task in course order, then as the checks ran."""
    found: dict[tuple[str, str], list[CheckResult]] = {}
    for result in results:
        for check in result.checks:
            found.setdefault((result.topic, check.check), []).append(check)
    places = {
        (topic.slug, task.name): (number, place)
        for number, topic in enumerate(topics)
        for place, task in enumerate(topic.tasks)
    }
    last = (len(topics), 0)
    rates = [_rate(topic, checks) for (topic, _), checks in found.items()]
    return tuple(sorted(rates, key=lambda rate: places.get((rate.topic, rate.task), last)))


def _rate(topic: str, checks: list[CheckResult]) -> CheckRate:
    first = checks[0]
    fair = [check for check in checks if check.outcome != Outcome.INTERNAL]
    skipped = sum(check.outcome == Outcome.SKIPPED for check in fair)
    shares = [check.points / check.max_points for check in fair if check.max_points]
    return CheckRate(
        topic,
        first.task,
        first.check,
        first.hidden,
        first.max_points,
        passed=sum(check.outcome == Outcome.PASSED for check in fair),
        ran=len(fair) - skipped,
        skipped=skipped,
        points_share=statistics.fmean(shares) if shares else 0.0,
    )


_NO_ERROR = {Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL}


def clusters(results: Sequence[TopicResult]) -> tuple[Cluster, ...]:
    """The same check and the same reason across students, biggest first. A stub left as it came is no error."""
    found: dict[tuple[str, str, Outcome, str], list[tuple[str, Text]]] = {}
    for result in results:
        for check in result.checks:
            if check.outcome in _NO_ERROR or check.reason == NOT_STARTED_REASON:
                continue
            key = (result.topic, check.check, check.outcome, check.reason)
            found.setdefault(key, []).append((result.student, check.message))
    groups = [Cluster(*key, members[0][1], tuple(student for student, _ in members)) for key, members in found.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.students), group.topic, group.check, group.reason)))


def distribution(shares: Iterable[float]) -> Distribution:
    """Of scores as shares of their maximum."""
    values = list(shares)
    if not values:
        return Distribution(0, bins=(0,) * 10)
    bins = Counter(min(max(int(value * 10 + 1e-9), 0), 9) for value in values)
    return Distribution(
        len(values),
        statistics.fmean(values),
        statistics.median(values),
        statistics.pstdev(values),
        min(values),
        max(values),
        tuple(bins[index] for index in range(10)),
    )


def cost(results: Sequence[TopicResult], top: int = 10) -> Cost:
    """CPU seconds, seconds on the clock, memory; and the `top` checks by their median CPU time."""
    times: dict[tuple[str, str], list[tuple[float, str]]] = {}
    again = [check for result in results for check in result.checks if check.again]
    for result in results:
        for check in result.checks:
            times.setdefault((result.topic, check.check), []).append((check.cpu_s, result.student))
    slow = [
        SlowCheck(topic, check, statistics.median(cpu for cpu, _ in each), *max(each))
        for (topic, check), each in times.items()
    ]
    return Cost(
        len(results),
        sum(result.cpu_s for result in results),
        sum(result.wall_s for result in results),
        max((result.peak_memory_mb for result in results), default=0.0),
        statistics.median([result.cpu_s for result in results] or [0.0]),
        statistics.median([result.wall_s for result in results] or [0.0]),
        sum(result.tries > 1 for result in results),
        tuple(sorted(slow, key=lambda each: (-each.median_cpu_s, each.topic, each.check))[:top]),
        len(again),
        sum(check.again != check.outcome for check in again),
    )


def limits(results: Sequence[TopicResult]) -> tuple[tuple[LimitNote, tuple[str, ...]], ...]:
    """Each way a limit was enforced, with the topics it was in force for."""
    found: dict[LimitNote, dict[str, None]] = {}
    for result in results:
        for note in result.limits:
            found.setdefault(note, {})[result.topic] = None
    return tuple((note, tuple(topics)) for note, topics in sorted(found.items(), key=lambda item: _order(item[0])))


def _order(note: LimitNote) -> tuple[str, str, str]:
    return note.name, note.value, note.enforced

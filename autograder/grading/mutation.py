"""What became of a topic's mutants: how many of each task's were caught, and which were not. Arithmetic on results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.course.mutants import Mutant
from autograder.grading.words import BROKEN
from autograder.model.course import Topic
from autograder.model.result import Outcome, TopicResult

ENOUGH = 0.95  # the share of a topic's mutants that its checks must catch


@dataclass(frozen=True, slots=True)
class Reach:
    """What depends on one function of the solution: the checks that no longer pass without it, and its task."""

    task: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutant graded, to its first failed check. Not caught if there is none."""

    mutant: Mutant
    task: str
    caught_by: str = ""  # id of a check
    outcome: str = ""
    broke: bool = False  # that check died of what came back, instead of saying what is wrong
    reason: str = ""  # the author's, if it is declared to be equivalent

    @property
    def survived(self) -> bool:
        return not (self.caught_by or self.reason)


@dataclass(frozen=True, slots=True)
class Tally:
    """Mutants of one task, or of a whole topic."""

    task: str
    made: int
    caught: int
    equivalent: int

    @property
    def survived(self) -> int:
        return self.made - self.caught - self.equivalent

    @property
    def share(self) -> float:
        """Of those that are not equivalent; 1 if there are none."""
        return self.caught / (self.made - self.equivalent) if self.made > self.equivalent else 1.0


@dataclass(frozen=True, slots=True)
class TopicMutation:
    """All mutants of a topic that were tried, how many were left out, and what is wrong beside them."""

    topic: str
    tried: tuple[Tried, ...]
    left_out: int = 0
    cpu_s: float = 0.0
    faults: tuple[str, ...] = ()

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return tuple(_tally(task, self.tried) for task in dict.fromkeys(each.task for each in self.tried))

    @property
    def whole(self) -> Tally:
        return _tally("", self.tried, every=True)

    @property
    def survivors(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if each.survived)

    @property
    def enough(self) -> bool:
        return not self.faults and self.whole.share >= ENOUGH


def reach(topic: Topic, place: str, hollow: TopicResult) -> Reach:
    """What depends on the function at `place`, from the result of the solution without it."""
    lost = tuple(check.check for check in hollow.checks if check.outcome is not Outcome.PASSED)
    shares = {task.name: _share(task.name, hollow) for task in topic.tasks}
    named = [task for task, share in shares.items() if share and task in (place, *place.split("."))]
    nearest = max(shares, key=lambda task: shares[task])  # the first of several
    return Reach(named[0] if named else nearest if shares[nearest] else "", lost)


def _share(task: str, result: TopicResult) -> float:
    own = [check for check in result.checks if check.task == task]
    return sum(check.outcome is not Outcome.PASSED for check in own) / len(own) if own else 0.0


def judge(mutant: Mutant, task: str, result: TopicResult | None, reason: str = "") -> Tried:
    """What became of a mutant; without a result, no check depends on what it changes."""
    failed = [check for check in result.checks if check.outcome is not Outcome.PASSED] if result else []
    if not failed:
        return Tried(mutant, task, reason=reason)
    first = failed[0]
    broke = first.reason == BROKEN or first.outcome is Outcome.INTERNAL
    return Tried(mutant, task or first.task, first.check, str(first.outcome), broke, reason)


def false_claims(tried: Iterable[Tried]) -> list[str]:
    """Mutants that are declared to be equivalent although a check catches them."""
    return [
        f"equivalent.yml: {each.mutant.key!r} is not equivalent: {each.caught_by} catches it"
        for each in tried
        if each.reason and each.caught_by
    ]


def limits_for(solution: TopicResult, cpu_s: float) -> float:
    """CPU seconds for a check of a mutant: twenty times what the slowest one of the solution needs, at least two."""
    slowest = max((check.cpu_s for check in solution.checks), default=0.0)
    return min(cpu_s, max(2.0, 20 * slowest))


def _tally(task: str, tried: Sequence[Tried], *, every: bool = False) -> Tally:
    own = [each for each in tried if every or each.task == task]
    equivalent = sum(bool(each.reason) for each in own)
    caught = sum(bool(each.caught_by) and not each.reason for each in own)
    return Tally(task, len(own), caught, equivalent)


def in_order(topic: Topic, mutation: TopicMutation) -> list[Tally]:
    """The tallies in the order of the topic's tasks; what belongs to no task comes last."""
    order: Mapping[str, int] = {task.name: number for number, task in enumerate(topic.tasks)}
    return sorted(mutation.tallies, key=lambda tally: order.get(tally.task, len(order)))

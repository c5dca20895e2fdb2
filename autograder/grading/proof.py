"""What the results of a topic's variants prove about its checks. Arithmetic on results only.

The proof of a topic: the stub earns nothing, the solution and every accepted way earn everything on every seed within
half of the limits, every known mistake fails the checks it names and none of another task, every check is tripped by at
least one mistake, and garbage never makes a check die.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.course.stubs import Variant
from autograder.grading.words import BROKEN
from autograder.model.course import Topic
from autograder.model.result import NOT_HERE, CheckResult, Outcome, TopicResult

TRIPPED = frozenset(set(Outcome) - {Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL})
HEADROOM = 0.5  # the share of a check's CPU limit that a right solution may use


@dataclass(frozen=True, slots=True)
class Run:
    """One variant graded on one seed. `kind` is that of the variant, or "garbage"."""

    kind: str
    name: str
    seed: int
    result: TopicResult
    variant: Variant | None = None


@dataclass(frozen=True, slots=True)
class TopicProof:
    """A topic's runs and everything that is wrong with its checks; proven when there is nothing."""

    topic: str
    runs: tuple[Run, ...]
    faults: tuple[str, ...]

    @property
    def proven(self) -> bool:
        return not self.faults


def prove(topic: Topic, runs: Iterable[Run]) -> TopicProof:
    """Judge the runs of one topic."""
    runs = tuple(runs)
    faults = [fault for run in runs for fault in faults_of(run)] + _untripped(runs)
    return TopicProof(topic.slug, runs, tuple(dict.fromkeys(faults)))


def faults_of(run: Run) -> list[str]:
    """What one run shows to be wrong, whatever the others show."""
    faults = _internal(run)
    if run.kind == "stub":
        faults += _stub(run)
    elif run.kind in ("solution", "accepted"):
        faults += _right(run)
    elif run.kind == "mistake":
        faults += _mistake(run)
    elif run.kind == "garbage":
        faults += _garbage(run)
    return faults


def _where(run: Run) -> str:
    return f"{run.kind} {run.name} (seed {run.seed})" if run.name != run.kind else f"{run.kind} (seed {run.seed})"


def _internal(run: Run) -> list[str]:
    return [
        f"{_where(run)}: {check.check} broke, a fault of the check itself: {_last_line(check.detail)}"
        for check in run.result.checks
        if check.outcome is Outcome.INTERNAL or check.reason == BROKEN
    ]


def _stub(run: Run) -> list[str]:
    return [
        f"{_where(run)}: {check.check} gives {check.points:g} points for nothing"
        for check in run.result.checks
        if check.points > 0 or check.outcome is Outcome.PASSED
    ]


def _right(run: Run) -> list[str]:
    faults = []
    for check in run.result.checks:
        if check.reason == NOT_HERE:
            continue
        if check.outcome is not Outcome.PASSED:
            faults.append(f"{_where(run)}: {check.check} {check.outcome} although it is right: {_said(check)}")
        elif check.cpu_s > HEADROOM * check.cpu_limit_s:
            used = f"used {check.cpu_s:.2f} s CPU, over half of its limit of {check.cpu_limit_s:g} s"
            faults.append(f"{_where(run)}: {check.check} {used}")
    return faults


def _mistake(run: Run) -> list[str]:
    assert run.variant is not None
    faults = []
    outcomes = {check.check: check for check in run.result.checks}
    for name in run.variant.trips:
        if name not in outcomes:
            faults.append(f"{_where(run)}: promises to trip {name}, which does not exist")
        elif outcomes[name].outcome not in TRIPPED and outcomes[name].reason != NOT_HERE:
            faults.append(f"{_where(run)}: {name} should catch it, but is {outcomes[name].outcome}")
    tasks = {name.partition(".")[0] for name in run.variant.trips}
    for check in run.result.checks:
        if check.outcome in TRIPPED and check.task not in tasks and check.check not in run.variant.also:
            faults.append(f"{_where(run)}: also trips {check.check} of another task: {_said(check)}")
    return faults


def _garbage(run: Run) -> list[str]:
    earned: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for check in run.result.checks:
        earned[check.task][0] += check.points
        earned[check.task][1] += check.max_points
    return [f"{_where(run)}: earns all points of {task}" for task, (got, most) in earned.items() if got >= most > 0]


def _untripped(runs: tuple[Run, ...]) -> list[str]:
    right = [check for run in runs if run.kind == "solution" for check in run.result.checks]
    names = [check.check for check in right if check.reason != NOT_HERE]
    tripped = {
        check.check for run in runs if run.kind == "mistake" for check in run.result.checks if check.outcome in TRIPPED
    }
    return [f"{name}: no mistake trips it, so nothing shows that it can fail" for name in names if name not in tripped]


def _said(check: CheckResult) -> str:
    return (check.message.en or _last_line(check.detail))[:200]


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1][:200] if text.strip() else "no detail"

"""Second runs: which outcomes a busy machine could have caused, and how often a submission gets the benefit of a doubt.

A check that ended for its time, or because somebody outside killed its sandbox, is run once more, in a fresh sandbox
with the same seed, and the second outcome counts, better or worse. Never one that failed: a wrong answer is nobody
else's fault. Nor one of whose cases failed: the others could have run out of time on purpose.

What a submission gains by forcing a second run: nothing but time. It gives its first answer up before it knows how that
was judged, the inputs are the same, and nothing survives from one sandbox to the next; so a guess is as good in the
second run as it was in the first, and one that forces the second run with probability q only lowers its chance.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.errors import SandboxEnded
from autograder.grading.findings import Finding
from autograder.grading.seat import ImportFailed
from autograder.model.pace import SECOND_RUNS
from autograder.model.result import CheckResult, Outcome
from autograder.sandbox import shortage

_OF_TIME = (Outcome.TIMEOUT, Outcome.CPU)


def doubtful(ends: Iterable[tuple[BaseException, Finding]], memory_mb: int) -> bool:
    """Whether a neighbour on this machine could have caused everything that is wrong with a check. `ends`: the
    exception that ended each case that did not pass, and what was found in it."""
    ends = tuple(ends)
    return bool(ends) and all(_doubtful(error, found.outcome, memory_mb) for error, found in ends)


def _doubtful(error: BaseException, outcome: Outcome, memory_mb: int) -> bool:
    if outcome is Outcome.MEMORY:
        return shortage.of_memory(memory_mb)
    return killed_from_outside(error) or (isinstance(_cause(error), SandboxEnded) and outcome in _OF_TIME)


def killed_from_outside(error: BaseException) -> bool:
    """Whether somebody outside killed the sandbox: neither the grader, nor the student, nor a limit of theirs."""
    cause = _cause(error)
    return isinstance(cause, SandboxEnded) and cause.outside


def _cause(error: BaseException) -> BaseException:
    return error.cause if isinstance(error, ImportFailed) else error


class SecondRuns:
    """The second runs of one submission. The first that comes to the same end is the last: an endless loop costs its
    limit once more, not once more for each check."""

    def __init__(self, wanted: bool) -> None:
        self._left = SECOND_RUNS if wanted else 0
        self.flags: list[str] = []  # for a person: what came out differently

    @property
    def allowed(self) -> bool:
        return self._left > 0

    def note(self, first: CheckResult, second: CheckResult, *, confirmed: bool) -> None:
        """A check was run a second time; `confirmed`: and ended in doubt again."""
        self._left = 0 if confirmed else self._left - 1
        if not confirmed:
            self.flags.append(f"{first.check}: {first.outcome} at first, {second.outcome} when run again")

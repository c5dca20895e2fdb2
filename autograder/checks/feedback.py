"""What a failed check says. The summary is safe for every student; the values belong to visible checks only."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from autograder.checks.describing import clean, describe, described, show
from autograder.errors import StudentError
from autograder.model.result import NOT_HERE
from autograder.model.text import Text

if TYPE_CHECKING:
    import torch

    from autograder.checks.differences import Difference

__all__ = ["CheckFailure", "clean", "describe", "described", "differs", "exception_name", "not_here", "show"]


class CheckFailure(AssertionError):
    """A check found the submission wanting.

    `summary` may always be shown: no hidden input, no expected value. `values` (input, what came back, what was
    expected) is for visible checks. `reason` is a short code: "value", "shape", "dtype", "type", "gradient", ...
    `fraction` of the check's points is earned all the same. `outcome` is "failed" or "forbidden". `measured` holds
    figures worth keeping, such as an accuracy.
    """

    def __init__(  # everything a result holds about a failure
        self,
        summary: Text,
        values: Text = Text(),  # noqa: B008  # frozen
        *,
        reason: str = "property",
        fraction: float = 0.0,
        outcome: str = "failed",
        measured: Mapping[str, float] | None = None,
    ) -> None:
        self.summary = Text(clean(summary.en), clean(summary.zh))
        self.values = Text(clean(values.en), clean(values.zh))
        self.reason, self.fraction, self.outcome = reason, fraction, outcome
        self.measured: dict[str, float] = dict(measured or {})
        super().__init__(self.summary.en)


def not_here(en: str, zh: str) -> NoReturn:
    """End a check without a judgement because this machine lacks what it needs; `en` and `zh` say what that is. Its
    points go to the other checks of its task, so nobody loses any."""
    raise CheckFailure(Text(en, zh), reason=NOT_HERE, outcome="skipped")


def exception_name(error: StudentError) -> Text:
    """The exception's class name if Python itself defines it. Other names are the student's own choice, and so a way
    to carry hidden inputs out: they are only called "an exception of its own class"."""
    known = getattr(builtins, error.kind, None) if isinstance(error.kind, str) else None
    if isinstance(known, type) and issubclass(known, BaseException):
        return Text(error.kind, error.kind)
    return Text("an exception of its own class", "自定义异常")


def differs(got: torch.Tensor, want: torch.Tensor, rtol: float, atol: float) -> Difference | None:
    """Where two tensors of the same shape differ by more than atol + rtol·|want|; None where they do not."""
    from autograder.checks import differences

    return differences.differs(got, want, rtol, atol)

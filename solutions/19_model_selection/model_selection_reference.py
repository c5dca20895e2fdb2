"""What the hidden checks of topic 19 share: known index tensors, folds, spies for cross-validation, and data on which
the choice of a degree is beyond doubt."""

from __future__ import annotations

import itertools
import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.seeding import Draw

I64, F32, F64 = torch.int64, torch.float32, torch.float64
Folds = list[tuple[Tensor, Tensor]]


def rows(got: Any, what: str = "an index tensor", zh: str = "下标张量") -> Tensor:
    return compare.tensor(got, shape=(None,), dtype=I64, device="cpu", what=what, zh=zh)


def parts(got: Any, count: int) -> list[Tensor]:
    """A tuple of `count` index tensors."""
    return [rows(part) for part in compare.items(got, count)]


def partition(found: list[Tensor], n: int) -> None:
    together = torch.cat(found).sort().values
    compare.require(
        together.shape == (n,) and torch.equal(together, torch.arange(n)),
        "together the parts should hold every row from 0 to n-1 exactly once.",
        "各部分合在一起，应当恰好包含 0 到 n-1 的每一行一次。",
    )


def folds_of(n: int, k: int) -> Folds:
    edges = [fold * (n // k) + min(fold, n % k) for fold in range(k + 1)]
    row = torch.arange(n)
    return [(row[(row < a) | (row >= b)], row[a:b]) for a, b in itertools.pairwise(edges)]


def pairs(got: Any, k: int) -> Folds:
    """The k pairs of index tensors that kfold_indices returned, as a list."""
    found = []
    for pair in compare.items(got, k, list, "the list of folds", "各折的列表"):
        train, val = compare.items(pair, 2, tuple, "a fold", "一折")
        found.append((rows(train, "train"), rows(val, "val")))
    return found


class Exam:
    """fit_fn and score_fn that write down what they are given. The model of the i-th fit is {"number": i}; the i-th
    score is worth[i]."""

    def __init__(self, draw: Draw, k: int, tensors: bool = False) -> None:
        self.fits: list[list[Any]] = []
        self.scores: list[list[Any]] = []
        self.worth, self.tensors = draw.uniform(-3, 3, k + 2).tolist(), tensors

    def fit(self, *given: Any) -> dict[str, int]:
        self.fits.append(compare.items(given, 2, tuple, "the arguments of fit_fn", "fit_fn 的参数"))
        return {"number": len(self.fits) - 1}

    def score(self, *given: Any) -> Any:
        self.scores.append(compare.items(given, 3, tuple, "the arguments of score_fn", "score_fn 的参数"))
        worth = self.worth[min(len(self.scores), len(self.worth)) - 1]
        return torch.tensor(worth, dtype=F64, requires_grad=True) if self.tensors else worth

    def calls(self, k: int) -> None:
        for name, calls in (("fit_fn", self.fits), ("score_fn", self.scores)):
            compare.equal(len(calls), k, what=f"the number of calls of {name}", zh=f"{name} 的调用次数")

    def saw(self, X: Tensor, y: Tensor, folds: Folds) -> None:
        """Each fold's functions were given these rows."""
        self.calls(len(folds))
        for (train, val), fit, score in zip(folds, self.fits, self.scores, strict=True):
            same_rows(fit[0], X[train], "what fit_fn sees as X", "fit_fn 看到的 X")
            same_rows(fit[1], y[train], "what fit_fn sees as y", "fit_fn 看到的 y")
            same_rows(score[1], X[val], "what score_fn sees as X", "score_fn 看到的 X")
            same_rows(score[2], y[val], "what score_fn sees as y", "score_fn 看到的 y")


def same_rows(got: Any, want: Tensor, what: str, zh: str) -> None:
    compare.same(got.detach() if isinstance(got, Tensor) else got, want, what=what, zh=zh)


def scaled(X: Tensor, train: Tensor) -> Tensor:
    """All rows of X by mean and deviation of the training rows; a column without spread there is only centred."""
    seen = X[train]
    mean = seen.sum(0) / len(seen)
    std = ((seen - mean) ** 2).sum(0).div(len(seen)).sqrt()
    level = (seen == seen[0]).all(0)
    return torch.where(level, X - seen[0], (X - mean) / torch.where(level, 1.0, std))


# Choosing a degree ----------------------------------------------------------------------------------------------------


def held_out_errors(x: Tensor, y: Tensor, degrees: list[int], k: int) -> list[float]:
    """The score of every degree, in float64."""
    x, y, found = x.double(), y.double(), []
    for degree in degrees:
        A, errors = x[:, None] ** torch.arange(degree + 1), []
        for train, val in folds_of(len(x), k):
            c = torch.linalg.lstsq(A[train], y[train, None]).solution
            errors.append((A[val] @ c - y[val, None]).square().mean().item())
        found.append(math.fsum(errors) / k)
    return found


def best_degree(x: Tensor, y: Tensor, degrees: list[int], k: int) -> int | None:
    """The degree with the lowest score; None if the second best is not at least 2 % worse."""
    scored = sorted(zip(held_out_errors(x, y, degrees, k), degrees, strict=True))
    return scored[0][1] if scored[1][0] > 1.02 * scored[0][0] else None


def curve(draw: Draw, n: int, degree: int, noise: float, dtype: torch.dtype = F64) -> tuple[Tensor, Tensor]:
    """n points on a polynomial of this degree, whose last coefficient is not small, and noise."""
    x = draw.uniform(-2, 2, n)
    c = draw.randn(degree + 1)
    c[-1] = 1.0 + c[-1].abs()
    return x.to(dtype), (x[:, None] ** torch.arange(degree + 1) @ c + noise * draw.randn(n)).to(dtype)

"""What the hidden checks of topic 4 share: tables to ask about, right answers, wrong ones that can be recognised."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.differences import differs
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
NAN = math.nan
Row = list[str | None]


def with_gaps(draw: Draw, n: int, d: int, dtype: torch.dtype = F64, share: float = 0.3) -> Tensor:
    """(n, d) of normal numbers, another mean in each column; in every column some are nan, and two that are not lie
    well apart, so that float32 has digits enough for the deviation."""
    spread, centre = draw.uniform(0.5, 3.0, d), draw.uniform(-6.0, 6.0, d)
    x = draw.randn(n, d) * spread + centre
    gone = draw.uniform(0, 1, n, d) < share
    for column in range(d):
        low, high, missing = draw.permutation(n)[:3].tolist()
        gone[low, column], gone[high, column], gone[missing, column] = False, False, True
        x[low, column], x[high, column] = centre[column] - spread[column], centre[column] + spread[column]
    return x.masked_fill(gone, NAN).to(dtype)


def column_stats(x: Tensor, correction: int = 0) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of the observed entries of each column, column by column, in float64."""
    means, stds = [], []
    for column in x.double().unbind(1):
        seen = column[~column.isnan()]
        spread = len(seen) > 1 and bool((seen != seen[0]).any())
        means.append(seen.mean() if len(seen) else torch.zeros((), dtype=F64))
        stds.append(seen.std(correction=correction) if spread else torch.ones((), dtype=F64))
    return torch.stack(means), torch.stack(stds)


def scaled(x: Tensor, stats: tuple[Tensor, Tensor]) -> Tensor:
    """(x - mean) / std with 0 for nan, in the dtype of x."""
    mean, std = stats
    return ((x.double() - mean) / std).nan_to_num(0.0).to(x.dtype)


def same_scaled(got: Any, x: Tensor, train: Tensor, *, wrongs: Sequence[tuple[Tensor, str, str]] = ()) -> None:
    """`got` is x standardised by the statistics of `train`, with n or n - 1. `wrongs` are results of known mistakes,
    with a sentence each that says more than that a number is wrong."""
    got = compare.tensor(got, shape=x.shape, dtype=x.dtype, what="the scaled table", zh="标准化后的表格")
    for wrong, en, zh in wrongs:
        compare.require(differs(got, wrong, 1e-4, 1e-5) is not None, en, zh, reason="recognised")
    wants = [scaled(x, column_stats(train, correction)) for correction in (0, 1)]
    nearest = min(wants, key=lambda want: _distance(got, want))
    compare.same(got, nearest, what="the scaled table", zh="标准化后的表格")


def _distance(got: Tensor, want: Tensor) -> float:
    apart = float((got.detach().double() - want.double()).abs().sum())
    return math.inf if math.isnan(apart) else apart


def words(draw: Draw, count: int) -> list[str]:
    """`count` different words, not in the order of the alphabet."""
    names = ["gas", "wood", "coal", "oil", "Sun", "None", "nan", "heat pump", "grid, 3 kV", "0"]
    return [names[place] for place in draw.permutation(len(names))[:count].tolist()]


def number_text(draw: Draw) -> str:
    """A number as people write it."""
    value = draw.random.choice([-1, 1]) * draw.random.randint(1, 9999) / draw.random.choice([1, 10, 1000])
    return draw.random.choice([f"{value:g}", f"{value:.3f}", f"{value:e}", f" {value:g}"])


def table(draw: Draw, n: int, kinds: str) -> list[Row]:
    """n rows of fields; `kinds` says what each column holds: n(umbers), c(ategories), t(argets), x (something else).
    Numbers and categories are missing now and then; of every category column each word occurs, in no order."""
    columns: list[Row] = []
    for kind in kinds:
        if kind == "c":
            known = words(draw, draw.size(2, 4))
            chosen = known + [draw.random.choice(known) for _ in range(n)]
            column: Row = list(chosen[:n])
            draw.random.shuffle(column)
        else:
            column = ["?" if kind == "x" else number_text(draw) for _ in range(n)]
        if kind in "nc":
            column = [None if draw.random.random() < 0.2 else field for field in column]
        columns.append(column)
    return [list(row) for row in zip(*columns, strict=True)]


def places(kinds: str, kind: str) -> list[int]:
    return [place for place, one in enumerate(kinds) if one == kind]


def features(rows: list[Row], numeric: list[int], categorical: list[int], levels: list[list[str]] | None) -> Tensor:
    """X, field by field."""
    if levels is None:
        levels = [sorted({row[place] for row in rows if row[place] is not None}) for place in categorical]  # type: ignore[type-var]
    made = []
    for row in rows:
        numbers = [NAN if row[place] is None else float(row[place]) for place in numeric]  # type: ignore[arg-type]
        for place, known in zip(categorical, levels, strict=True):
            hot = [float(row[place] == level) for level in known]
            numbers += [*hot, float(not any(hot))]
        made.append(numbers)
    width = len(numeric) + sum(len(known) + 1 for known in levels)
    return torch.tensor(made, dtype=F32).reshape(len(rows), width)


def targets(rows: list[Row], target: int) -> Tensor:
    return torch.tensor([[float(row[target])] for row in rows], dtype=F32).reshape(len(rows), 1)  # type: ignore[arg-type]


def fitted(submission: Any, train: Tensor) -> Any:
    scale = submission.Standardizer()
    scale.fit(train)
    return scale


def two_sets(draw: Draw, number: int = 0) -> tuple[Tensor, Tensor]:
    """A training set, and a test set from somewhere else, both with gaps."""
    n, m, d = draw.sizes(3, 4, 11)
    train = with_gaps(draw, n, d, float_type(number))
    test = 2 * with_gaps(draw, m, d, float_type(number)) + 3
    return draw.layout(train, number % 3), draw.layout(test, (number + 1) % 3)

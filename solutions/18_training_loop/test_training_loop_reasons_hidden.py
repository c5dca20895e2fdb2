"""Hidden checks of training-loop: what the curves say is wrong, by the rules of the docstring."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from typing import Any

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

Case = tuple[list[float], list[float], list[float] | None]


def label(train: list[float], val: list[float], bigger: list[float] | None) -> str:
    """The rules of the docstring."""
    smooth = {name: _medians(c) for name, c in (("train", train), ("val", val), ("bigger", bigger or [0.0] * 3))}
    end = {name: values[-1] for name, values in smooth.items()}
    if end["train"] > 0.10:
        return "optimization" if bigger is not None and end["bigger"] - end["train"] >= -0.02 else "model_bias"
    if end["val"] - end["train"] <= 0.05:
        return "ok"
    return "overfitting" if end["val"] - min(smooth["val"]) > 0.02 else "mismatch"


def _medians(curve: list[float]) -> list[float]:
    return [statistics.median(curve[i : i + 3]) for i in range(len(curve) - 2)]


def falling(draw: Draw, end: float, start: float = 0.8, rise: float = 0.0) -> list[float]:
    """From start down to end - rise, then up to end if it rises at all; flat in the last four epochs."""
    down, low = draw.size(5, 8), end - rise
    steps = [low + (start - low) * 0.45**step for step in range(down)] + [low] * 4
    return [*steps, *(low + rise * step / 4 for step in range(1, 5)), *[end] * 4] if rise else steps


def shaped(draw: Draw, wanted: str) -> Case:
    """A drawn case far from every threshold."""
    u = draw.random.uniform
    if wanted == "model_bias":
        end = u(0.2, 0.4)
        bigger = None if draw.random.random() < 0.5 else falling(draw, end - u(0.08, 0.15))
        return falling(draw, end), falling(draw, end + u(0.0, 0.2)), bigger
    if wanted == "optimization":
        end = u(0.15, 0.3)
        return falling(draw, end), falling(draw, end + u(0.0, 0.2)), falling(draw, end + u(0.03, 0.2))
    end = u(0.0, 0.05)
    gap = u(0.0, 0.02) if wanted == "ok" else u(0.2, 0.4)
    val = falling(draw, end + gap, rise=u(0.07, 0.15) if wanted == "overfitting" else 0.0)
    return falling(draw, end), val, None


def diagnosed(submission: Any, case: Case, wanted: str) -> None:
    got = submission.diagnose(*case) if case[2] else submission.diagnose(*case[:2])
    compare.equal(got, wanted, what="the diagnosis", zh="诊断")


LABELS = ("model_bias", "overfitting", "mismatch", "ok")


@check(
    "diagnose.four_cases",
    hint="First ask whether the training data are learned at all. Only then does the validation curve say anything.",
    zh="先问训练数据到底学会了没有。学会了，验证曲线才说明问题。",
)
def test_four_clear_cases(submission: Any, draw: Draw) -> None:
    for wanted in LABELS:
        for _ in range(3):
            diagnosed(submission, shaped(draw, wanted), wanted)


@check(
    "diagnose.bigger_model_worse_on_train",
    hint="A bigger model could copy the smaller one. If it does no better on the training data, size is not missing.",
    zh="更大的模型本可以照搬小模型。如果它在训练数据上仍不见好，缺的就不是规模。",
)
def test_fifty_six_layers_against_twenty(submission: Any, draw: Draw) -> None:
    twenty, fifty_six = falling(draw, 0.13), falling(draw, 0.2)
    val = falling(draw, 0.18)
    same, better, hardly = falling(draw, 0.13), falling(draw, 0.05), falling(draw, 0.12)
    for bigger in (fifty_six, same, hardly):
        diagnosed(submission, (twenty, val, bigger), "optimization")
    for bigger in (better, None):
        diagnosed(submission, (twenty, val, bigger), "model_bias")
    learned = falling(draw, 0.02)
    diagnosed(submission, (learned, falling(draw, 0.04), fifty_six), "ok")
    diagnosed(submission, (learned, val, fifty_six), "mismatch")


def jittered(draw: Draw, curve: list[float]) -> list[float]:
    """Small noise everywhere, and one epoch in each half that went quite wrong or quite lucky."""
    noisy = [max(0.0, value + draw.random.uniform(-0.004, 0.004)) for value in curve]
    for place in (draw.size(0, len(curve) // 2 - 2), -draw.size(1, 3)):
        noisy[place] = max(0.0, noisy[place] + draw.random.choice((-0.2, 0.3)))
    return noisy


@check(
    "diagnose.noise_robust",
    hint="One lucky or unlucky epoch says nothing. The median of three neighbours doesn't even notice it.",
    zh="一轮走运或倒霉说明不了什么。三个相邻值的中位数根本不会理会它。",
)
def test_jitter_does_not_change_the_label(submission: Any, draw: Draw) -> None:
    for wanted in (*LABELS, "optimization") * 3:
        train, val, bigger = shaped(draw, wanted)
        diagnosed(submission, (jittered(draw, train), jittered(draw, val), bigger and jittered(draw, bigger)), wanted)


@check(
    "diagnose.rules",
    hint="Go through the rules in their order, with exactly the thresholds of the docstring.",
    zh="严格按文档字符串中的次序和阈值逐条判断。",
)
def test_any_curves_get_the_label_of_the_rules(submission: Any, draw: Draw) -> None:
    for case in (*beside_thresholds(), *narrow_dips(), *(random_curves(draw) for _ in range(30))):
        if not _close_call(case):
            diagnosed(submission, case, label(*case))


def beside_thresholds() -> Iterator[Case]:
    """One step to both sides of every threshold, in all combinations."""
    for end, gap, rise, more in itertools.product(
        (0.092, 0.108), (0.042, 0.058), (0.013, 0.027), (None, -0.027, -0.013)
    ):
        val = [end + gap - rise] * 4 + [end + gap] * 3
        yield [0.5, end, 0.7, end], val, None if more is None else [end + more] * 5


def narrow_dips() -> Iterator[Case]:
    """Validation dips by one, two, or two epochs with one between, at every place: only windows of three see which."""
    for pattern, place in itertools.product(([0.17], [0.17, 0.17], [0.17, 0.2, 0.17]), range(9)):
        val = [0.2] * 11
        val[place : place + len(pattern)] = pattern
        yield [0.02] * 4, val[:11], None


def random_curves(draw: Draw) -> Case:
    grid = [0.0045 + 0.01 * step for step in range(24)]
    size = draw.random.choice((8, 24))
    train, val, bigger = ([draw.random.choice(grid[:top]) for _ in range(draw.size(3, 9))] for top in (size, 24, 24))
    return train, val, draw.random.choice((bigger, None))


def _close_call(case: Case) -> bool:
    """Rounding could decide."""
    train, val, bigger = (_medians(c) if c is not None else [9.0] for c in case)
    distances = (train[-1] - 0.1, val[-1] - train[-1] - 0.05, val[-1] - min(val) - 0.02, bigger[-1] - train[-1] + 0.02)
    return min(map(abs, distances)) < 1e-6


@check(
    "diagnose.too_short",
    hint="Two epochs have no median of three. Refuse them with a ValueError, whichever curve it is.",
    zh="只有两轮就没有三个值的中位数。不管是哪条曲线，都用 ValueError 拒绝。",
    weight=0.5,
)
def test_two_epochs_are_too_few(submission: Any, draw: Draw) -> None:
    fine, short = falling(draw, 0.3), [0.5, 0.4]
    for curves in ((short, fine), (fine, short), (fine, fine, short), ([], [])):
        compare.raises(ValueError, submission.diagnose, *curves)

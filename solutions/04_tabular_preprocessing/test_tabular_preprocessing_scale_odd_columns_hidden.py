"""Hidden checks of tabular-preprocessing: columns without numbers, without spread, or far from zero."""

from __future__ import annotations

from typing import Any

import torch
from tabular_preprocessing_reference import (
    F32,
    F64,
    NAN,
    column_stats,
    fitted,
    same_scaled,
    scaled,
    two_sets,
    with_gaps,
)

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "standardize_fit_transform.unobserved_column",
    hint="A column without a single number teaches nothing: leave it as it is, and make its gaps 0 like all gaps.",
    zh="一个数也没有的列什么也教不了：原样保留，其中的缺失和别处一样变成 0。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_a_column_that_was_never_observed(submission: Any, draw: Draw) -> None:
    for number in range(4):
        train, test = two_sets(draw, number)
        train = train.clone()
        train[:, draw.size(0, train.shape[1] - 1)] = NAN
        scale = fitted(submission, train)
        same_scaled(scale.transform(train), train, train)
        same_scaled(scale.transform(test), test, train)


@check(
    "standardize_fit_transform.constant_column_finite",
    hint="Without spread there is nothing to divide by: 0 / 0 is nan. Then only subtract.",
    zh="没有波动就没有可除的数：0 / 0 是 nan。这时只减去均值。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_columns_without_spread(submission: Any, draw: Draw) -> None:
    for number in range(8):
        train, test = two_sets(draw, number)
        train, place = train.clone(), draw.size(0, train.shape[1] - 1)
        train[:, place] = torch.where(train[:, place].isnan(), NAN, float(draw.size(-5, 5)))
        if number % 2:  # a single observed entry has no spread either
            train[:, place] = NAN
            train[draw.size(0, len(train) - 1), place] = 3.0
        scale = fitted(submission, train)
        same_scaled(scale.transform(train), train, train)
        same_scaled(scale.transform(test), test, train)
    for x in (torch.tensor([[4.0, NAN, -1.0]]), torch.full((5, 2), 2.0, dtype=F64)):
        same_scaled(fitted(submission, x).transform(x), x, x)


@check(
    "standardize_fit_transform.constant_column_rounding",
    hint="The mean of seven times 0.1 need not be 0.1, nor their deviation 0. Look at the numbers themselves.",
    zh="七个 0.1 的均值并不恰好是 0.1，所以标准差也不恰好是 0。请直接看这些数本身。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_rounding_is_no_spread(submission: Any, draw: Draw) -> None:
    for value in (0.1, -2.3):
        for dtype in (F32, F64):
            train = with_gaps(draw, 9, 3, dtype)
            for count in (3, 7):
                train[:, 1] = NAN
                train[draw.permutation(9)[:count], 1] = value
                scale = fitted(submission, train)
                for x in (train, train + 1):
                    same_scaled(scale.transform(x), x, train)


@check(
    "standardize_fit_transform.small_spread",
    hint="Small numbers have a small deviation, but they have one: divide by it as it is, with nothing added.",
    zh="数值很小，标准差也很小，但确实存在：就除以它本身，什么也不要加。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_small_numbers_have_a_spread(submission: Any, draw: Draw) -> None:
    for number in range(4):
        train, test = two_sets(draw, 0)
        factor = torch.ones(train.shape[1], dtype=F64)
        factor[draw.size(0, train.shape[1] - 1)] = (1e-3, 1e-6, 1e-9, 1e-12)[number]
        scale = fitted(submission, train * factor)
        same_scaled(scale.transform(test * factor), test * factor, train * factor)


@check(
    "standardize_fit_transform.far_from_zero",
    hint="Subtract the mean before you square: the difference of two huge squares has no correct digits left.",
    zh="先减均值再平方：两个巨大的平方数相减，剩不下一位有效数字。",
)
def test_large_numbers_with_a_small_spread(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        whole = draw.integers(-40, 41, 16, 3).to(F32)
        train = (whole + 65536.0).masked_fill(draw.uniform(0, 1, 16, 3) < 0.2, NAN)
        train[:2] = torch.tensor([[-40.0], [40.0]]) + 65536.0
        got = compare.tensor(fitted(submission, train).transform(train), shape=(16, 3), dtype=F32)
        wants = [scaled(train, column_stats(train, correction)) for correction in (0, 1)]
        apart = min(float((got.detach().double() - want.double()).abs().max().nan_to_num(9.0)) for want in wants)
        compare.require(
            apart < 5e-3,
            "the scaled table is not precise: digits were lost on the way.",
            "标准化后的表格不精确：计算中丢失了有效数字。",
            reason="value",
        )

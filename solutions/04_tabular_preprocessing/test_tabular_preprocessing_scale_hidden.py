"""Hidden checks of tabular-preprocessing: the scale that is learned once, from the training rows."""

from __future__ import annotations

from typing import Any

import torch
from tabular_preprocessing_reference import NAN, column_stats, fitted, same_scaled, scaled, two_sets

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw


@check(
    "standardize_fit_transform.train_mean0_std1",
    hint="Mean and deviation are taken over what was observed. Zeros in the place of gaps would pull at both.",
    zh="均值和标准差只对观测到的数计算。把缺失当成 0 会把两者都带偏。",
)
def test_the_training_set_is_standardised(submission: Any, draw: Draw) -> None:
    for number in range(12):
        train, _ = two_sets(draw, number)
        filled = train.nan_to_num(0.0)
        wrong = scaled(filled, column_stats(filled)), scaled(train, column_stats(filled))
        said = (
            "the statistics look as if missing numbers had been replaced by 0 before they were taken.",
            "统计量看起来是先把缺失的数换成 0 再计算的。",
        )
        got = fitted(submission, train).transform(train)
        same_scaled(got, train, train, wrongs=[(one, *said) for one in wrong])


@check(
    "standardize_fit_transform.test_uses_train_stats",
    hint="Tomorrow's rows are unknown when the scale is learned. transform uses what fit has seen, nothing else.",
    zh="学习尺度时，明天的数据还是未知的。transform 只用 fit 见过的数据。",
)
def test_other_rows_get_the_scale_of_training(submission: Any, draw: Draw) -> None:
    for number in range(8):
        train, test = two_sets(draw, number)
        wrongs = []
        for correction in (0, 1):
            own = scaled(test, column_stats(test, correction))
            joint = scaled(test, column_stats(torch.cat([train, test]), correction))
            wrongs.append((own, "it looks as if transform took mean and deviation of the rows it was given.",
                           "看起来 transform 用的是传入各行自己的均值和标准差。"))  # fmt: skip
            wrongs.append((joint, "it looks as if the statistics were those of training and test rows together.",
                           "看起来统计量是把训练集和测试集合在一起算的。"))  # fmt: skip
        scale = fitted(submission, train)
        same_scaled(scale.transform(test), test, train, wrongs=wrongs)


@check(
    "standardize_fit_transform.transform_learns_nothing",
    hint="transform only reads the scale. However often it is called, with whatever, the next answer is the same.",
    zh="transform 只读取尺度。不论调用多少次、传入什么，下一次的结果都不变。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_transform_does_not_change_the_scale(submission: Any, draw: Draw) -> None:
    for number in range(4):
        train, test = two_sets(draw, number)
        scale = fitted(submission, train)
        for x in (test, train, 10 * test, train, test):
            same_scaled(scale.transform(x), x, train)


@check(
    "standardize_fit_transform.test_row_independent",
    hint="A row comes out the same alone and among others. A single row has no mean and deviation of its own.",
    zh="一行单独变换，与和其他行一起变换，结果相同。单独一行谈不上自己的均值和标准差。",
)
def test_one_row_alone_gives_the_same(submission: Any, draw: Draw) -> None:
    for number in range(4):
        train, test = two_sets(draw, number)
        scale = fitted(submission, train)
        for row in (0, len(test) - 1):
            same_scaled(scale.transform(test[row : row + 1]), test[row : row + 1], train)
        same_scaled(scale.transform(test.flip(0)), test.flip(0), train)


@check(
    "standardize_fit_transform.missing_becomes_0",
    hint="After scaling, 0 is the mean of the column: the most harmless guess for a missing number.",
    zh="标准化之后，0 就是这一列的均值：对缺失的数来说，这是最无害的猜测。",
)
def test_gaps_become_zero(submission: Any, draw: Draw) -> None:
    for number in range(6):
        train, test = two_sets(draw, number)
        test = test.clone()
        test[0] = NAN
        got = compare.tensor(fitted(submission, train).transform(test), shape=test.shape, dtype=test.dtype)
        zeros = torch.zeros_like(got[test.isnan()])
        compare.same(got[test.isnan()], zeros, what="where a number is missing, the result", zh="缺失处的结果")


@check(
    "standardize_fit_transform.fit_returns_self",
    hint="fit returns the object itself, so that fit and transform fit in one line.",
    zh="fit 返回对象自身，这样 fit 和 transform 可以写在一行。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_fit_and_transform_in_one_line(submission: Any, draw: Draw) -> None:
    train, test = two_sets(draw)
    got = submission.build("student.Standardizer().fit(train).transform(test)", train=train, test=test)
    same_scaled(got, test, train)
    same = submission.build("s = student.Standardizer()\ns.fit(train) is s", train=train)
    compare.require(same is True, "fit did not return the object itself.", "fit 没有返回对象自身。")


@check(
    "standardize_fit_transform.fit_again",
    hint="A second fit starts anew, and every object has a scale of its own.",
    zh="第二次 fit 从头开始；每个对象有自己的尺度。",
    needs=["standardize_fit_transform.train_mean0_std1", "standardize_fit_transform.test_uses_train_stats"],
)
def test_a_second_fit_forgets_the_first(submission: Any, draw: Draw) -> None:
    (first, second), (other, _) = two_sets(draw), two_sets(draw)
    scale = fitted(submission, first)
    fitted(submission, other)
    same_scaled(scale.transform(second), second, first)
    scale.fit(second)
    same_scaled(scale.transform(first), first, second)


@check(
    "standardize_fit_transform.no_rows",
    hint="No rows in, no rows out: nothing in transform may need a row.",
    zh="没有行传入，就没有行返回：transform 里不能有任何一步非要有行不可。",
)
def test_transforming_no_rows(submission: Any, draw: Draw) -> None:
    train, _ = two_sets(draw)
    none = train[:0]
    compare.same(fitted(submission, train).transform(none), none.clone(), what="the scaled table", zh="标准化后的表格")


@check(
    "standardize_fit_transform.input_unchanged",
    hint="The table belongs to the caller: -=, /= and x[x.isnan()] = 0 write into it.",
    zh="表格是调用者的：-=、/= 和 x[x.isnan()] = 0 都会改写它。",
)
def test_standardising_leaves_the_table_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        train, test = two_sets(draw, number)
        train, test = train.clone(), test.clone()
        source = "s = student.Standardizer()\ns.fit(train)\n[s.transform(test), train, test]"
        _, train_after, test_after = compare.items(submission.build(source, train=train, test=test), 3, list)
        compare.unchanged(train, train_after, "x of fit")
        compare.unchanged(test, test_after, "x of transform")

"""Hidden checks of topic 4, second half: the scale that is learned once, and rows into tensors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from tabular_preprocessing_reference import (
    F32,
    F64,
    NAN,
    column_stats,
    features,
    places,
    same_scaled,
    scaled,
    table,
    targets,
    with_gaps,
)
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# standardize_fit_transform ------------------------------------------------------------------------------------------


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


# to_tensors ---------------------------------------------------------------------------------------------------------

PARTS = """
def one_hot_with_nan(col, levels):
    rows = [[float(field == level) for level in levels] for field in col]
    return torch.tensor([[*row, float(not any(row))] for row in rows]).reshape(len(col), len(levels) + 1)
student._own = getattr(student, "one_hot_with_nan", None)
student.one_hot_with_nan = one_hot_with_nan
"""
KINDS = ("ncnt", "tcnxc", "nnct", "cxntc", "cct", "tnn", "xcnxnct")


@contextmanager
def right_parts(submission: Any) -> Iterator[None]:
    """Meanwhile a right one_hot_with_nan stands in for the submission's own, so that no mistake is blamed twice."""
    submission.build(PARTS)
    yield
    submission.build("student.one_hot_with_nan = student._own")


def asked(draw: Draw, kinds: str) -> tuple[list[int], list[int], int]:
    """The places of the numeric and the categorical columns, each in random order, and of the target."""
    numeric, categorical = places(kinds, "n"), places(kinds, "c")
    draw.random.shuffle(numeric)
    draw.random.shuffle(categorical)
    return numeric, categorical, kinds.index("t")


def same_tensors(got: Any, X: Tensor, y: Tensor) -> None:
    got_X, got_y = compare.items(got, 2, tuple)
    compare.same(got_X, X, what="X", zh="X ")
    compare.same(got_y, y, what="y", zh="y ")


@check(
    "to_tensors.shapes",
    hint="X has a row per row and one column per number, plus levels + 1 per category; y is a column: (n, 1).",
    zh="X 的行数等于表格的行数；每个数值列占一列，每个类别列占“类别数 + 1”列。y 是一列：(n, 1)。",
)
def test_shapes_of_features_and_targets(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for kinds in KINDS:
            rows = table(draw, draw.size(1, 9), kinds)
            got_X, got_y = compare.items(submission.to_tensors(rows, *asked(draw, kinds)), 2, tuple)
            width = features(rows, places(kinds, "n"), places(kinds, "c"), None).shape[1]
            compare.tensor(got_X, shape=(len(rows), width), what="X", zh="X ")
            compare.tensor(got_y, shape=(len(rows), 1), what="y", zh="y ")


@check(
    "to_tensors.dtype",
    hint="Both are float32, whatever Python and NumPy prefer.",
    zh="两者都是 float32，不管 Python 和 NumPy 偏爱什么类型。",
)
def test_features_and_targets_are_float32(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for kinds in ("ncnt", "tnn", "cct"):
            got_X, got_y = compare.items(submission.to_tensors(table(draw, 4, kinds), *asked(draw, kinds)), 2, tuple)
            compare.tensor(got_X, dtype=F32, what="X", zh="X ")
            compare.tensor(got_y, dtype=F32, what="y", zh="y ")


@check(
    "to_tensors.column_order",
    hint="Numbers first, in the order of `numeric`; then the categories, in the order of `categorical`, levels sorted.",
    zh="先是数值列，按 numeric 的次序；再是类别列，按 categorical 的次序，类别按字典序排列。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_columns_stand_in_the_order_asked_for(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for number in range(14):
            kinds = KINDS[number % len(KINDS)]
            rows = table(draw, draw.size(6, 12), kinds)
            numeric, categorical, target = asked(draw, kinds)
            got = submission.to_tensors(rows, numeric, categorical, target)
            same_tensors(got, features(rows, numeric, categorical, None), targets(rows, target))


@check(
    "to_tensors.row_alignment",
    hint="Row i of X and row i of y are row i of the table: nothing may sort or drop rows on one side only.",
    zh="X 的第 i 行、y 的第 i 行，都对应表格的第 i 行：不可只在一边重排或删去行。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_shuffled_rows_shuffle_both(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for kinds in ("tcnxc", "xcnxnct"):
            rows = table(draw, 9, kinds)
            question = asked(draw, kinds)
            X, y = features(rows, question[0], question[1], None), targets(rows, question[2])
            for _ in range(4):
                order = draw.permutation(9)
                same_tensors(submission.to_tensors([rows[i] for i in order.tolist()], *question), X[order], y[order])


@check(
    "to_tensors.missing_number",
    hint="A missing number is nan, so that a later step can see it. 0 would be a number like any other.",
    zh="缺失的数是 nan，后面的步骤才看得见它。0 则和别的数没有两样。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_missing_numbers_stay_visible(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        rows = [["1", None, "5"], [None, None, "6"], ["0", "2", "7"]]
        same_tensors(submission.to_tensors(rows, [1, 0], [], 2), features(rows, [1, 0], [], None), targets(rows, 2))


@check(
    "to_tensors.given_levels",
    hint="With levels given, the columns are those of training, whatever occurs in these rows.",
    zh="给了 levels，各列就以训练时为准，不论这些行里出现了什么。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_the_levels_of_training_fix_the_columns(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for number in range(6):
            kinds = ("ncct", "tcnxc")[number % 2]
            rows = table(draw, draw.size(1, 5), kinds)
            numeric, categorical, target = asked(draw, kinds)
            levels = [["wood", "gas", "peat"], ["oil", "coal", "Sun", "wood"]]
            got = submission.to_tensors(rows, numeric, categorical, target, levels=levels)
            same_tensors(got, features(rows, numeric, categorical, levels), targets(rows, target))


@check(
    "to_tensors.missing_category",
    hint="None is not a level: missing categories have the last column, and sorting None with text fails.",
    zh="None 不是一个类别：缺失的类别占最后一列，而且 None 不能与文本一起排序。",
)
def test_missing_categories_are_no_level(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for rows in ([[None, "1"], [None, "2"]], [["b", "1"], [None, "2"], ["a", "3"]], [["None", "1"], [None, "0"]]):
            same_tensors(submission.to_tensors(rows, [], [0], 1), features(rows, [], [0], None), targets(rows, 1))


@check(
    "to_tensors.no_rows",
    hint="Without rows the shapes still stand: (0, columns) and (0, 1). An empty list makes a tensor of shape (0,).",
    zh="没有行，形状仍然成立：(0, 列数) 和 (0, 1)。空列表会变成形状为 (0,) 的张量。",
    needs=["to_tensors.shapes", "to_tensors.dtype"],
)
def test_a_table_without_rows_has_columns(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        for levels in ([["a", "b"]], [[]], None):
            got = submission.to_tensors([], [0, 2], [1], 3, levels)
            width = 3 + (len(levels[0]) if levels else 0)
            same_tensors(got, torch.zeros(0, width), torch.zeros(0, 1))
        same_tensors(submission.to_tensors([], [0], [], 1), torch.zeros(0, 1), torch.zeros(0, 1))


@check(
    "to_tensors.rows_unchanged",
    hint="The rows belong to the caller: no pop, no filled gap, no number in the place of its text.",
    zh="这些行是调用者的：不要 pop，不要填补缺失，也不要把文本换成数。",
)
def test_rows_are_left_alone(submission: Any, draw: Draw) -> None:
    with right_parts(submission):
        rows = table(draw, 6, "ncnct")
        copies = [list(row) for row in rows], [2, 0], [1, 3], [["wood"], ["gas", "oil"]]
        seen = submission.observe("to_tensors", rows, [2, 0], [1, 3], 4, [["wood"], ["gas", "oil"]])
        compare.items(seen.result, 2, tuple)
        for before, place, name in zip(copies, (0, 1, 2, 4), ("rows", "numeric", "categorical", "levels"), strict=True):
            compare.unchanged(before, seen.args[place], name)

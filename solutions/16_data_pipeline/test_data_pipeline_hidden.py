"""Hidden checks of topic 16, first part: the dataset."""

from __future__ import annotations

from typing import Any

import torch
from data_pipeline_reference import F64
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type


def some_data(draw: Draw, number: int, dtype: torch.dtype = F64) -> tuple[Tensor, Tensor]:
    """X of one to four dimensions and y of the same length, no two sizes alike."""
    shape = draw.sizes(1 + number % 4, 2, 8)
    X = draw.layout(draw.randn(*shape, dtype=dtype), number % 3)
    y = draw.integers(0, 9, shape[0]) if number % 2 else draw.randn(shape[0])
    return X, y


@check(
    "ArrayDataset.len_getitem",
    hint="Number i is row i of X, with entry i of y beside it: a pair, as many of them as there are rows.",
    zh="第 i 个样本是 X 的第 i 行和 y 的第 i 项：一个二元组；有多少行就有多少个样本。",
)
def test_samples_are_rows_with_their_labels(submission: Any, draw: Draw) -> None:
    for number in range(12):
        X, y = some_data(draw, number, float_type(number))
        ds = submission.ArrayDataset(X, y)
        compare.equal(len(ds), len(X), what="len(ds)", zh="len(ds)")
        for i in range(len(X)):
            compare.same(ds[i], (X[i], y[i]), what="a sample", zh="一个样本")
    ds = submission.ArrayDataset(torch.zeros(0, 3), torch.zeros(0))
    compare.equal(len(ds), 0, what="the length of an empty dataset", zh="空数据集的长度")


@check(
    "ArrayDataset.negative_and_bounds",
    hint="-1 is the last sample. Past either end there is nothing: IndexError tells a for loop to stop.",
    zh="-1 是最后一个样本。两头之外什么都没有：for 循环靠 IndexError 知道该停了。",
)
def test_numbers_from_the_end_and_past_it(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X, y = some_data(draw, number)
        ds, n = submission.ArrayDataset(X, y), len(X)
        for i in range(-n, 0):
            compare.same(ds[i], (X[i], y[i]), what="a sample counted from the end", zh="从末尾数的样本")
        for i in (n, n + 1, -n - 1, -2 * n, 10 * n):
            compare.raises(IndexError, lambda i=i, ds=ds: ds[i])
        count = submission.build(f"import itertools\nlen(list(itertools.islice(ds, {n + 5})))", ds=ds)
        compare.equal(count, n, what="the number of samples in a for loop", zh="for 循环得到的样本数")


CHANGED = """
ds = student.ArrayDataset(X, y, transform=CHANGE)
first, again, label = ds[i][0].clone(), ds[i][0].clone(), ds[i][1]
x, t = ds[i]
x.zero_()
t.fill_(77)
x, t = student.ArrayDataset(X, y)[i]
x.zero_()
t.fill_(77)
[first, again, label, X, y]
"""


@check(
    "ArrayDataset.transform_on_copy",
    hint="X[i] is a window into X: whoever writes into it writes into the dataset. Hand out a copy.",
    zh="X[i] 是 X 的一个视图：往里写就写进了数据集。请交出副本。",
)
def test_nobody_can_write_into_the_dataset(submission: Any, draw: Draw) -> None:
    for number, change in enumerate(("lambda x: x.mul_(3).add_(1)", "lambda x: 3 * x + 1")):
        X, y = some_data(draw, 5 + number)
        X, i = X.contiguous(), draw.size(0, len(X) - 1)
        source = CHANGED.replace("CHANGE", change)
        first, again, label, *after = compare.items(submission.build(source, X=X, y=y, i=i), 5, list)
        for got in (first, again):
            compare.same(got, 3 * X[i] + 1, what="a transformed sample", zh="变换后的样本")
        compare.tensor(label, shape=(), dtype=y.dtype, what="the label", zh="标签")
        compare.unchanged(X, after[0], "X")
        compare.unchanged(y, after[1], "y")
    pair = submission.build("student.ArrayDataset(X, y, lambda x: ('kept', x.sum()))[0]", X=X, y=y)
    compare.same(
        pair, (("kept", X[0].sum()), y[0]), what="a sample whose transform returns a pair", zh="变换返回二元组时的样本"
    )


@check(
    "ArrayDataset.length_mismatch_raises",
    hint="One label too few is found out at the very end of the first epoch, unless you look at once.",
    zh="少一个标签，要到第一轮的最后才会发现；除非一开始就检查。",
    weight=0.5,
)
def test_labels_must_be_as_many_as_inputs(submission: Any, draw: Draw) -> None:
    n = draw.size(3, 8)
    for labels in (n - 1, n + 1, 0, 2 * n):
        compare.raises(ValueError, submission.ArrayDataset, draw.randn(n, 4), draw.integers(0, 3, labels))

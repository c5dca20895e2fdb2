"""Hidden checks of linear-regression: what every epoch of batches has in common, whatever its order."""

from __future__ import annotations

import torch
from linear_regression_reference import F64, epochs_of, numbered, order_of

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import float_type

CASES = ((12, 4), (13, 5), (3, 8), (7, 1), (1, 1), (20, 20), (11, 10))


@check(
    "data_iter.covers_all_once",
    hint="One epoch holds every row exactly once; the rows that do not fill a batch belong to it, too.",
    zh="一轮中每一行恰好出现一次；凑不满一批的那些行也属于这一轮。",
)
def test_an_epoch_is_a_permutation(submission, draw):
    for number, (n, size) in enumerate(CASES):
        X, y = numbered(draw, n, 1 + number % 3, float_type(number))
        (pairs,) = epochs_of(submission, draw.noncontiguous(X) if number % 2 else X, y, size, draw.new_seed())
        want = torch.arange(n, dtype=F64)
        compare.same(order_of(pairs).sort().values, want, what="the rows of an epoch, sorted", zh="排序后的一轮的行")
    (pairs,) = epochs_of(submission, torch.zeros(0, 2), torch.zeros(0, 1), 4, 0)
    compare.require(not pairs, "without examples there should be no batch.", "没有样本时不应有小批量。")
    X, y = numbered(draw, 9)
    after = submission.build("list(student.data_iter(X, y, 4, torch.Generator()))\n[X, y]", X=X, y=y)
    for before, now, name in zip((X, y), compare.items(after, 2, list), "Xy", strict=True):
        compare.unchanged(before, now, name)


@check(
    "data_iter.pairs_kept",
    hint="Row and label are one example: index X and y with the same numbers.",
    zh="一行特征与它的标签是同一个样本：用同样的下标去取 X 和 y。",
)
def test_rows_and_labels_stay_together(submission, draw):
    for n, size in CASES:
        X, y = numbered(draw, n, 3)
        (pairs,) = epochs_of(submission, X, y, size, draw.new_seed())
        compare.require(len(pairs) > 0, "there is no batch at all.", "一个小批量也没有。")
        for one, labels in pairs:
            row = one[:, 0].long().clamp(0, n - 1)
            compare.same(one, X[row], what="X of a batch", zh="一批的 X")
            compare.same(labels, y[row], what="the labels of a batch, against its rows", zh="一批的标签（与行对照）")


@check(
    "data_iter.n_batches_ceil",
    hint="All batches are full but the last, which holds what is left. An empty one does not count as a batch.",
    zh="除最后一批外都是满的，最后一批放剩下的行。空的不算一批。",
)
def test_batches_are_full_but_the_last(submission, draw):
    for n, size in CASES:
        X, y = numbered(draw, n)
        (pairs,) = epochs_of(submission, X, y, size, draw.new_seed())
        want = [size] * (n // size) + ([n % size] if n % size else [])
        got = [len(one) for one, _ in pairs]
        compare.require(got == want, "the batches do not have the right sizes.", "各批的大小不对。", reason="shape")


@check(
    "data_iter.lazy",
    hint="Hand out a batch when it is asked for (yield); do not build all of them first.",
    zh="要一批才取一批（yield），不要先把所有批都做好。",
    needs=["data_iter.covers_all_once"],
)
def test_batches_are_made_one_at_a_time(submission, draw):
    probe = """
from torch.utils._python_dispatch import TorchDispatchMode
class Rows(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.count = 0
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        made = func(*args, **(kwargs or {}))
        several = made if isinstance(made, (tuple, list)) else [made]
        self.count += any(isinstance(t, torch.Tensor) and t.dim() > 0 and t.shape[-1] == X.shape[1] for t in several)
        return made
counts, kinds = [], []
for n in (30, 300):
    with Rows() as rows:
        found = student.data_iter(X[:n], y[:n], 3, torch.Generator().manual_seed(0))
        kinds.append(isinstance(found, (list, tuple)))
        next(iter(found))
    counts.append(rows.count)
[kinds, counts]
"""
    X, y = numbered(draw, 300, 7)
    kinds, counts = compare.items(submission.build(probe, X=X, y=y), 2, list)
    compare.equal(kinds, [False, False], "whether a list or tuple came back", "是否返回了列表或元组")
    few, many = compare.items(counts, 2, list)
    compare.require(
        type(few) is int and type(many) is int and many <= few,
        "the work before the first batch grows with the number of batches: they are all made at once.",
        "取得第一批之前的工作量随批数增加：所有批是一次性做好的。",
    )


@check(
    "data_iter.no_dataloader",
    hint="A DataLoader is what this task asks you to build.",
    zh="DataLoader 正是本题要你自己搭建的东西。",
    needs=["data_iter.covers_all_once"],
)
def test_no_dataloader_is_used(submission):
    source_rules.forbid_imports(submission.source, {"torch.utils.data"})

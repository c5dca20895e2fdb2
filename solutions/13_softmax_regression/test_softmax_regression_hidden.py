"""Hidden checks of topic 13. The reference is torch's own softmax and loss, on this side of the wall. What fit does is
judged by the W and b it leaves, read from the outside; where the order of the rows is random, by all orders at once."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare, datasets, gradients, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type
from autograder.model.text import Text

F64, F32 = torch.float64, torch.float32
READY_MADE = {
    "torch.softmax", "torch.log_softmax", "F.softmax", "F.log_softmax", "F.softmin", "F.gumbel_softmax",
    "torch.special.softmax", "torch.special.log_softmax", "torch.sparse.softmax", "torch.sparse.log_softmax",
    "nn.Softmax", "nn.LogSoftmax", "nn.Softmin", "nn.Softmax2d", "nn.AdaptiveLogSoftmaxWithLoss",
    "F.cross_entropy", "F.nll_loss", "F.kl_div", "torch.kl_div", "nn.CrossEntropyLoss", "nn.NLLLoss",
    "nn.KLDivLoss", "F.scaled_dot_product_attention", "torch.distributions.*", "scipy.*",
}  # fmt: skip
OPERATIONS = {
    "aten::_softmax", "aten::_log_softmax", "aten::_safe_softmax", "aten::_masked_softmax", "aten::softmax",
    "aten::log_softmax", "aten::nll_loss_forward", "aten::nll_loss", "aten::nll_loss_nd", "aten::kl_div",
    "aten::cross_entropy_loss", "aten::_scaled_dot_product_attention_math",
    "aten::_scaled_dot_product_flash_attention", "aten::_scaled_dot_product_flash_attention_for_cpu",
}  # fmt: skip


def batch(draw: Draw, number: int = 0) -> tuple[Tensor, Tensor]:
    """Scores (n, C) and labels (n,), n != C except in every sixth case."""
    n, classes = draw.sizes(2, 2, 9)
    n = classes if number % 6 == 5 else n
    z = draw.layout(3 * draw.randn(n, classes, dtype=float_type(number)), number)
    y = draw.integers(0, classes, n)
    return z, draw.noncontiguous(y) if number % 2 else y


def from_scratch(submission: Any, task: str, seen: Any) -> None:
    """Two guards: the names in the source, and the operations that ran (a claim, but it sees through spellings)."""
    source_rules.forbid_names(submission.source, READY_MADE, within=task)
    source_rules.forbid_ops(seen, OPERATIONS)


# softmax ------------------------------------------------------------------------------------------------------------


def same_shares(submission: Any, x: Tensor, dim: int = -1) -> None:
    compare.same(submission.softmax(x, dim), torch.softmax(x, dim), what="the probabilities", zh="概率")


@check(
    "softmax.value",
    hint="exp(x) over the sum of all exp(x) of the same row. Keep the summed dimension, or the shapes won't meet.",
    zh="exp(x) 除以同一行所有 exp(x) 之和。求和时保留那一维，否则形状对不上。",
)
def test_softmax_of_the_last_dimension(submission: Any, draw: Draw) -> None:
    for number in range(24):
        x = 3 * draw.randn(*draw.sizes(1 + number % 4, 2, 6), dtype=float_type(number // 4))
        x = draw.layout(x, number)
        compare.same(submission.softmax(x), torch.softmax(x, -1), what="the probabilities", zh="概率")


@check(
    "softmax.square_input",
    hint="With as many rows as classes a sum of the wrong shape broadcasts without an error. Which way does it go?",
    zh="行数等于类别数时，形状不对的和也能广播而不报错。它沿哪个方向广播？",
)
def test_softmax_of_square_batches(submission: Any, draw: Draw) -> None:
    for number in range(8):
        size = draw.size(2, 7)
        x = 2 * draw.randn(*[size] * (2 + number % 2), dtype=float_type(number))
        compare.same(submission.softmax(x), torch.softmax(x, -1), what="the probabilities", zh="概率")


@check(
    "softmax.large_logits",
    hint="exp overflows at 89 in float32 and at 710 in float64. Only differences of scores matter: use that.",
    zh="exp 在 float32 中超过 89 就溢出，在 float64 中是 710。只有得分之差才有意义：请利用这一点。",
)
def test_softmax_of_scores_in_the_thousands(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype = F32 if number % 2 else F64
        far = torch.tensor([1e3, 0.0, -1e3], dtype=dtype)[draw.permutation(3)]
        close = 1e3 * (-1) ** number + draw.randn(4, dtype=dtype)
        for x in (far, torch.stack([far, -far]), close):
            compare.finite(submission.softmax(x), "softmax", "softmax")
            same_shares(submission, x)


@check(
    "softmax.per_row_shift",
    hint="Rows know nothing of each other. One number for the whole batch leaves the low rows with 0 / 0.",
    zh="各行互不相干。整个批量只减同一个数，低分的行就成了 0 / 0。",
)
def test_rows_far_apart_in_one_batch(submission: Any, draw: Draw) -> None:
    for number in range(8):
        dtype, n = F32 if number % 2 else F64, draw.size(3, 7)
        level = 800.0 * (draw.permutation(n) % 3 - 1).to(dtype)
        x = level.unsqueeze(1) + draw.randn(n, draw.size(2, 6), dtype=dtype)
        same_shares(submission, x)
        same_shares(submission, x.t(), 0)
        weights = draw.randn(*x.shape, dtype=dtype)
        (want,) = gradients.of(lambda t: torch.softmax(t, -1), x, grad_output=weights)
        (got,) = gradients.of(submission.softmax, x, grad_output=weights)
        compare.same(got, want, what="the gradient", zh="梯度", scale=10)  # 800 - logsumexp has few digits in float32


@check(
    "softmax.dim_arg",
    hint="The maximum and the sum both go along `dim`, whichever dimension that is, counted from either end.",
    zh="最大值与求和都沿 dim 进行，不论它是哪一维，也不论从前数还是从后数。",
)
def test_softmax_along_every_dimension(submission: Any, draw: Draw) -> None:
    for dims in (1, 2, 3, 3, 4):
        sizes = draw.sizes(dims, 2, 6)
        for number, dim in enumerate(range(-dims, dims)):
            same_shares(submission, draw.layout(2 * draw.randn(*sizes, dtype=float_type(number)), number), dim)


@check(
    "softmax.ruled_out",
    hint="exp(-inf) is 0 all by itself, unless -inf is replaced, or subtracted from -inf.",
    zh="exp(-inf) 自然等于 0，除非你替换了 -inf，或者用 -inf 减 -inf。",
)
def test_scores_of_minus_infinity_get_nothing(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n, classes = draw.sizes(2, 3, 7)
        x = draw.randn(n, classes, dtype=float_type(number)) - (500 if number % 2 else 0)
        x[draw.uniform(0, 1, n, classes) < 0.5] = -math.inf
        x[torch.arange(n), draw.integers(0, classes, n)] = -400.0
        same_shares(submission, x)


@check(
    "softmax.input_unchanged",
    hint="x belongs to the caller: -= and exp_ write into it.",
    zh="x 是调用者的：-= 和 exp_ 会改写它。",
)
def test_softmax_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for number in range(3):
        x = draw.layout(draw.randn(3, 5), number)
        seen = submission.observe("softmax", x)
        compare.tensor(seen.result, shape=(3, 5), dtype=F64)
        compare.unchanged(x, seen.args[0], "x")


@check(
    "softmax.gradcheck",
    hint="The result must stay connected to x: no NumPy, no .data, no detach() around the exponentials.",
    zh="从 x 到结果的计算图不能断：不要经过 NumPy、.data，也不要对指数部分 detach()。",
)
def test_gradient_of_softmax(submission: Any, draw: Draw) -> None:
    gradients.match(submission.softmax, lambda x: torch.softmax(x, -1), lambda draw: 2 * draw.randn(4, 3), draw)
    ties = draw.integers(0, 2, 4, 5).double()  # several classes share the maximum
    weights = draw.randn(4, 5)
    (want,) = gradients.of(lambda x: torch.softmax(x, 0), ties, grad_output=weights)
    (got,) = gradients.of(lambda x: submission.softmax(x, 0), ties, grad_output=weights)
    compare.same(got, want, what="the gradient", zh="梯度")
    gradients.gradcheck(lambda x: submission.softmax(x, 1), draw.randn(2, 3, 2))


@check(
    "softmax.no_builtin",
    hint="Use exp, a sum and a division. The ready-made function is what you are building.",
    zh="用 exp、求和与除法来写。现成的函数正是你要实现的东西。",
    needs=["softmax.example"],
    weight=3.0,
)
def test_softmax_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    from_scratch(submission, "softmax", submission.observe("softmax", draw.randn(3, 5)))


@check(
    "softmax.empty_batch",
    hint="Without rows there is nothing to do, and nothing to fail: reduce over `dim` only, not over the whole tensor.",
    zh="没有行就没有计算，也不该出错：只沿 dim 归约，不要对整个张量归约。",
)
def test_softmax_of_no_rows(submission: Any, draw: Draw) -> None:
    for shape in ((0, draw.size(2, 6)), (0, 3, 4), (2, 0, 3)):
        compare.same(submission.softmax(torch.zeros(shape)), torch.zeros(shape), what="softmax", zh="softmax")


# cross_entropy ------------------------------------------------------------------------------------------------------


@check(
    "cross_entropy.value",
    hint="One loss for each row: -log of the share of its own label. z is scores, softmax must come in exactly once.",
    zh="每行一个损失：它自己的标签所占比例的 -log。z 是得分，softmax 恰好出现一次。",
)
def test_mean_cross_entropy(submission: Any, draw: Draw) -> None:
    for number in range(24):
        z, y = batch(draw, number)
        compare.same(submission.cross_entropy(z, y), F.cross_entropy(z, y), what="the loss", zh="损失")


@check(
    "cross_entropy.sum",
    hint="With reduction='sum' nothing is divided.",
    zh="reduction='sum' 时不做除法。",
)
def test_summed_cross_entropy(submission: Any, draw: Draw) -> None:
    for number in range(8):
        z, y = batch(draw, number)
        want = F.cross_entropy(z, y, reduction="sum")
        compare.same(submission.cross_entropy(z, y, reduction="sum"), want, what="the sum", zh="总和")


@check(
    "cross_entropy.large_logits",
    hint="Where softmax is 0, log sees nothing any more. Simplify log(exp(a) / sum) on paper before you compute.",
    zh="softmax 为 0 之处，log 什么也看不到了。先在纸上化简 log(exp(a) / 总和)，再写代码。",
)
def test_losses_of_hundreds_are_exact(submission: Any, draw: Draw) -> None:
    for number in range(12):
        dtype, gap = F32 if number % 2 else F64, (200.0, 1000.0, 4000.0)[number % (2 if number % 2 else 3)]
        z = draw.randn(4, 3, dtype=dtype)
        y = draw.integers(0, 3, 4)
        z[torch.arange(4), (y + 1) % 3] += gap
        level = 0.0 if dtype is F32 else 3000.0 * (number % 5 - 2)
        want = F.cross_entropy(z + level, y)
        compare.same(submission.cross_entropy(z + level, y), want, what="the loss", zh="损失")
        (slope,) = gradients.of(lambda t, y=y: F.cross_entropy(t, y), z)
        (got,) = gradients.of(lambda t, y=y: submission.cross_entropy(t, y), z)
        compare.same(got, slope, what="the gradient", zh="梯度", scale=10)


@check(
    "cross_entropy.per_row_shift",
    hint="Each row needs a shift of its own here, too; one maximum for the whole batch is not enough.",
    zh="这里同样每行都要减去自己的最大值；整个批量共用一个最大值是不够的。",
)
def test_losses_of_rows_far_apart(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n = draw.size(3, 7)
        z = 800.0 * (draw.permutation(n) - n // 2).double().unsqueeze(1) + draw.randn(n, 4)
        y = draw.integers(0, 4, n)
        kind = ("mean", "sum")[number % 2]
        want = F.cross_entropy(z, y, reduction=kind)
        compare.same(submission.cross_entropy(z, y, reduction=kind), want, what="the loss", zh="损失")


@check(
    "cross_entropy.scalar_shape",
    hint="A loss is one number: a tensor of shape (), for one row and for many.",
    zh="损失是一个数：形状为 () 的张量，一行时如此，多行时也如此。",
)
def test_the_loss_has_no_dimension(submission: Any, draw: Draw) -> None:
    for n, classes in ((1, 4), (5, 3), (1, 1), (6, 1)):
        z, y = draw.randn(n, classes), draw.integers(0, classes, n)
        for kind in ("mean", "sum"):
            compare.tensor(
                submission.cross_entropy(z, y, reduction=kind), shape=(), dtype=F64, what="the loss", zh="损失"
            )


@check(
    "cross_entropy.gradcheck",
    hint="The loss must stay connected to z: take no .item(), no NumPy, no detached softmax on the way.",
    zh="从 z 到损失的计算图不能断：途中不要用 .item()、NumPy 或 detach 过的 softmax。",
)
def test_gradient_of_the_loss(submission: Any, draw: Draw) -> None:
    y = draw.labels(5, 3)
    for kind in ("mean", "sum"):

        def loss(z: Tensor, kind: str = kind) -> Any:
            return submission.cross_entropy(z, y, reduction=kind)

        gradients.match(loss, lambda z, k=kind: F.cross_entropy(z, y, reduction=k), lambda d: 2 * d.randn(5, 3), draw)
        gradients.gradcheck(loss, draw.randn(5, 3))


@check(
    "cross_entropy.grad_is_p_minus_y",
    hint="A row's slope is its softmax minus its one-hot label, divided by the number of rows: n, not n times C.",
    zh="每行的梯度是 softmax 减去独热标签，再除以行数：是 n，不是 n 乘 C。",
)
def test_gradient_is_prediction_minus_truth(submission: Any, draw: Draw) -> None:
    for number in range(10):
        z, y = batch(draw, number)
        want = (torch.softmax(z, 1) - F.one_hot(y, z.shape[1])) / len(y)
        (got,) = gradients.of(lambda z, y=y: submission.cross_entropy(z, y), z)
        compare.same(got, want.to(z.dtype), what="the gradient", zh="梯度")


@check(
    "cross_entropy.ignore_index",
    hint="Rows that are left out count in neither part of a mean: not in the sum, not in what it is divided by.",
    zh="被忽略的行不参与平均的任何部分：既不进总和，也不进除数。",
)
def test_ignored_rows_do_not_count(submission: Any, draw: Draw) -> None:
    for number in range(16):
        z, y = batch(draw, number)
        skip = (-100, -1, z.shape[1], 7000)[number % 4]
        counts = draw.integers(0, 2, len(y)).bool()
        counts[draw.size(0, len(y) - 1)] = True
        y = torch.where(counts, y, skip)
        kind = ("mean", "sum")[number % 2]
        want = F.cross_entropy(z[counts], y[counts], reduction=kind)
        got = submission.cross_entropy(z, y, reduction=kind, ignore_index=skip)
        compare.same(got, want, what="the loss", zh="损失")
    (want,) = gradients.of(lambda t: F.cross_entropy(t, y, ignore_index=skip), z)
    (got,) = gradients.of(lambda t: submission.cross_entropy(t, y, ignore_index=skip), z)
    compare.same(got, want, what="the gradient", zh="梯度")


@check(
    "cross_entropy.ignored_class",
    hint="ignore_index may be a real class, and class 0 is one of them: 0 is not None, although both are falsy.",
    zh="ignore_index 可以是一个真正的类别，类别 0 也不例外：0 不是 None，虽然二者在条件判断中都为假。",
)
def test_a_real_class_can_be_ignored(submission: Any, draw: Draw) -> None:
    for number in range(9):
        z, y = batch(draw, number)
        skip = (0, z.shape[1] - 1, 0)[number % 3]
        y = torch.cat([y, torch.tensor([skip, 1 - min(skip, 1)])])
        z = torch.cat([z, draw.randn(2, z.shape[1], dtype=z.dtype)])
        want = F.cross_entropy(z, y, ignore_index=skip)
        compare.same(submission.cross_entropy(z, y, ignore_index=skip), want, what="the loss", zh="损失")
        compare.same(
            submission.cross_entropy(z, y), F.cross_entropy(z, y), what="the loss of all rows", zh="所有行的损失"
        )


@check(
    "cross_entropy.empty_batch_sum",
    hint="The sum of no losses is 0. Reduce over the classes only; then an empty batch is no special case.",
    zh="没有损失时总和为 0。只沿类别一维归约，空批量就不是特例。",
)
def test_the_sum_of_nothing_is_zero(submission: Any, draw: Draw) -> None:
    none = torch.zeros(0, dtype=torch.int64)
    for dtype in (F64, F32):
        z, zero = draw.randn(4, 3, dtype=dtype), torch.zeros((), dtype=dtype)
        compare.same(submission.cross_entropy(z[:0], none, reduction="sum"), zero, what="the sum", zh="总和")
        ignored = submission.cross_entropy(z, none.new_full((4,), -5), reduction="sum", ignore_index=-5)
        compare.same(ignored, zero, what="the sum", zh="总和")


@check(
    "cross_entropy.mean_of_nothing",
    hint="The mean of no rows is 0 / 0, so nan: an honest answer, neither an error nor 0.",
    zh="一行也没有时，平均是 0 / 0，即 nan：如实返回它，既不要报错，也不要返回 0。",
)
def test_the_mean_of_nothing_is_nan(submission: Any, draw: Draw) -> None:
    none, nan = torch.zeros(0, dtype=torch.int64), torch.tensor(math.nan, dtype=F64)
    z = draw.randn(4, 3)
    compare.same(submission.cross_entropy(z[:0], none), nan, what="the mean", zh="平均值")
    ignored = submission.cross_entropy(z, none.new_full((4,), 2), ignore_index=2)
    compare.same(ignored, nan, what="the mean", zh="平均值")


@check(
    "cross_entropy.bad_reduction_raises",
    hint="A misspelt word should not quietly give some other loss. Say so with a ValueError.",
    zh="reduction 写错时，不应悄悄按另一种方式计算。请抛出 ValueError。",
)
def test_other_reductions_are_refused(submission: Any, draw: Draw) -> None:
    for word in ("none", "avg", "Mean", ""):
        compare.raises(ValueError, submission.cross_entropy, draw.randn(3, 4), draw.integers(0, 4, 3), word)


@check(
    "cross_entropy.inputs_unchanged",
    hint="z and y belong to the caller. Make new tensors instead of writing into these.",
    zh="z 和 y 是调用者的。请建立新的张量，而不要改写它们。",
    needs=["cross_entropy.example"],
)
def test_the_loss_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    for skip in (None, -100):
        z, y = draw.randn(5, 3), draw.integers(0, 3, 5)
        if skip is not None:
            y[1:3] = skip
        seen = submission.observe("cross_entropy", z, y, "mean", skip)
        compare.tensor(seen.result, shape=())
        compare.unchanged(z, seen.args[0], "z")
        compare.unchanged(y, seen.args[1], "y")


@check(
    "cross_entropy.no_builtin",
    hint="exp, log, a sum and a lookup are enough. torch.logsumexp is fine, a ready-made loss is not.",
    zh="exp、log、求和与取元素就够了。可以用 torch.logsumexp，但不能用现成的损失函数。",
    needs=["cross_entropy.example"],
    weight=3.0,
)
def test_the_loss_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    seen = submission.observe("cross_entropy", draw.randn(4, 3), draw.labels(4, 3))
    from_scratch(submission, "cross_entropy", seen)


# one_hot ------------------------------------------------------------------------------------------------------------


def rows_of(y: Tensor, classes: int) -> Tensor:
    return F.one_hot(y, classes).float()


@check(
    "one_hot.value",
    hint="Row i has its 1 in column y[i]. Compare the labels with 0 .. C-1, or write ones at the right places.",
    zh="第 i 行的 1 在第 y[i] 列。可以把标签与 0 .. C-1 比较，或者在相应位置写 1。",
)
def test_one_row_for_each_label(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, classes = draw.sizes(2, 1, 9)
        n = classes if number % 5 == 4 else n
        y = draw.labels(n, classes)
        seen = submission.observe("one_hot", draw.noncontiguous(y) if number % 2 else y, classes)
        compare.same(seen.result, rows_of(y, classes), what="the result", zh="结果")
        compare.unchanged(y, seen.args[0], "y")


@check(
    "one_hot.C_larger_than_max",
    hint="C is given. A class that happens to be absent from this batch still has its column.",
    zh="类别数 C 是给定的。这一批里恰好没有出现的类别也要有自己的一列。",
)
def test_absent_classes_keep_their_columns(submission: Any, draw: Draw) -> None:
    for _ in range(8):
        n, few, more = draw.size(1, 6), draw.size(1, 4), draw.size(1, 5)
        y = draw.integers(0, few, n)
        compare.same(submission.one_hot(y, few + more), rows_of(y, few + more), what="the result", zh="结果")


@check(
    "one_hot.out_of_range_raises",
    hint="Look at both ends before you write: -1 is a valid index in Python, but no class.",
    zh="动手之前两端都要检查：-1 在 Python 中是合法的下标，却不是一个类别。",
)
def test_labels_that_are_no_class_are_refused(submission: Any, draw: Draw) -> None:
    for number in range(8):
        classes = draw.size(2, 6)
        y = draw.integers(0, classes, 5)
        y[draw.size(0, 4)] = (classes, -1, classes + 3, -classes)[number % 4]
        compare.raises(ValueError, submission.one_hot, y, classes)


@check(
    "one_hot.empty",
    hint="No labels, no rows, but still C columns. min() and max() of nothing raise an error.",
    zh="没有标签就没有行，但仍有 C 列。对空张量求 min() 或 max() 会报错。",
)
def test_no_labels_give_no_rows(submission: Any, draw: Draw) -> None:
    classes = draw.size(2, 9)
    got = submission.one_hot(torch.zeros(0, dtype=torch.int64), classes)
    compare.same(got, torch.zeros(0, classes), what="the result", zh="结果")


# nll_kl -------------------------------------------------------------------------------------------------------------


def simplex(draw: Draw, n: int, classes: int, dtype: torch.dtype = F64) -> Tensor:
    """n random distributions over the classes, all positive."""
    return torch.softmax(2 * draw.randn(n, classes), 1).to(dtype)


def divergence(p: Tensor, q: Tensor) -> Tensor:
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(1)


@check(
    "nll_kl.nll_value",
    hint="logp holds logarithms already. Look one up for each row, change the sign, take the mean.",
    zh="logp 已经是对数。每行取出一个，变号，再求平均。",
)
def test_mean_negative_log_likelihood(submission: Any, draw: Draw) -> None:
    for number in range(20):
        z, y = batch(draw, number)
        logp = draw.layout(z.log_softmax(1), number)
        compare.same(submission.nll(logp, y), F.nll_loss(logp, y), what="nll", zh="nll")


@check(
    "nll_kl.impossible_class",
    hint="log 0 = -inf in another column is none of your business, but 0 times -inf is nan. Look up, don't multiply.",
    zh="别的列里的 log 0 = -inf 与结果无关，但 0 乘 -inf 是 nan。请直接取元素，不要相乘。",
)
def test_impossible_classes_do_not_matter_to_nll(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n, classes = draw.sizes(2, 2, 7)
        y = draw.integers(0, classes, n)
        p = simplex(draw, n, classes)
        p[torch.arange(n), (y + 1) % classes] = 0
        if number == 5:
            p[0] = F.one_hot((y[0] + 1) % classes, classes)
        logp = (p / p.sum(1, keepdim=True)).log()
        compare.same(submission.nll(logp, y), F.nll_loss(logp, y), what="nll", zh="nll")


@check(
    "nll_kl.ce_decomposition",
    hint="What q costs on average while p is true is the entropy of p plus KL(p || q). Who weighs, who is in the log?",
    zh="真实分布为 p 而用 q 时的平均代价，等于 p 的熵加上 KL(p || q)。想一想：前面的权重是谁，log 里面是谁？",
)
def test_cross_entropy_is_entropy_plus_divergence(submission: Any, draw: Draw) -> None:
    for number in range(20):
        n, classes = draw.sizes(2, 2, 8)
        dtype = float_type(number)
        p, q = (draw.layout(simplex(draw, n, classes, dtype), number) for _ in range(2))
        seen = submission.observe("kl", p, q)
        paid, entropy = -(p * q.log()).sum(1), -(p * p.log()).sum(1)
        compare.same(seen.result, paid - entropy, what="H(p, q) - H(p)", zh="H(p, q) - H(p)")
        compare.unchanged(p, seen.args[0], "p")
        compare.unchanged(q, seen.args[1], "q")
    y = draw.labels(n, classes)
    certain = compare.tensor(submission.kl(rows_of(y, classes).to(q.dtype), q), shape=(n,), dtype=q.dtype, what="kl")
    likelihood = submission.nll(q.log(), y)
    compare.same(likelihood, certain.detach().mean(), what="nll, against the mean kl from one-hot rows", zh="nll")


@check(
    "nll_kl.zero_prob",
    hint="x * log x goes to 0 as x goes to 0, but 0 * log 0 is nan on a computer. And an impossible event that happens"
    " costs inf, not a large number.",
    zh="x 趋于 0 时 x * log x 趋于 0，计算机算出的 0 * log 0 却是 nan。而不可能的事发生了，代价是 inf，不是一个大数。",
)
def test_classes_of_probability_zero(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n, classes = draw.sizes(2, 3, 7)
        p, q = (simplex(draw, n, classes, float_type(number)) for _ in range(2))
        p[:, 0] = 0
        p[0], q[1, 0] = F.one_hot(torch.tensor(1), classes), 0
        if number % 2:
            q[2, 1] = 0
        p, q = p / p.sum(1, keepdim=True), q / q.sum(1, keepdim=True)
        compare.same(submission.kl(p, q), divergence(p, q), what="kl", zh="kl")


@check(
    "nll_kl.nonnegative",
    hint="No q is better than the truth: KL is 0 for q = p and positive for every other q, here with room to spare.",
    zh="没有哪个 q 比真实分布更好：q = p 时 KL 为 0，其余情形都为正，而且离 0 有余量。",
)
def test_divergence_is_never_negative(submission: Any, draw: Draw) -> None:
    for number in range(12):
        n, classes = draw.sizes(2, 2, 8)
        p, q = (simplex(draw, n, classes) for _ in range(2))
        q = q if number % 2 else 0.99 * p + 0.01 * q
        found = compare.tensor(submission.kl(p, q), shape=(n,), dtype=F64, what="kl", zh="kl").detach()
        least = 0.5 * (p - q).abs().sum(1) ** 2  # Pinsker
        compare.require(
            bool((compare.finite(found, "kl", "kl") >= least - 1e-9).all()),
            "it is smaller than a divergence can be for distributions this far apart.",
            "对于相差这么大的两个分布，散度不可能这么小。",
        )
        compare.same(submission.kl(p, p), torch.zeros(n, dtype=F64), what="kl(p, p)", zh="kl(p, p)")


@check(
    "nll_kl.gradient",
    hint="where() hides a nan from the value, but not from the gradient: 0 times inf comes back. Keep the impossible"
    " out of log instead.",
    zh="where() 能让值避开 nan，却不能让梯度避开：0 乘 inf 又回来了。应当不让不可能的数进入 log。",
)
def test_gradients_of_likelihood_and_divergence(submission: Any, draw: Draw) -> None:
    y = draw.labels(5, 3)
    gradients.match(lambda t: submission.nll(t, y), lambda t: F.nll_loss(t, y), lambda d: simplex(d, 5, 3).log(), draw)

    def pair(child: Draw) -> tuple[Tensor, Tensor]:
        p, q = simplex(child, 4, 5), simplex(child, 4, 5)
        p[:, 1] = 0
        p[0] = F.one_hot(torch.tensor(3), 5)
        return p / p.sum(1, keepdim=True), q.requires_grad_()

    gradients.match(submission.kl, divergence, pair, draw)


@check(
    "nll_kl.no_builtin",
    hint="Both are one line of lookups, logarithms and sums. Write that line.",
    zh="两者都只是一行：取元素、取对数、求和。请写出这一行。",
    needs=["nll_kl.example"],
)
def test_likelihood_and_divergence_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    p, q = simplex(draw, 4, 3), simplex(draw, 4, 3)
    from_scratch(submission, "nll", submission.observe("nll", q.log(), draw.labels(4, 3)))
    from_scratch(submission, "kl", submission.observe("kl", p, q))


# accuracy_margin ----------------------------------------------------------------------------------------------------


@check(
    "accuracy_margin.value",
    hint="One prediction per row: the class, dimension 1, with the largest score. Which share of them is right?",
    zh="每行一个预测：第 1 维（类别）上得分最大的那个。其中有多少是对的？",
)
def test_share_of_right_predictions(submission: Any, draw: Draw) -> None:
    for number in range(20):
        z, y = batch(draw, number)
        z = draw.noncontiguous(draw.randn(*z.shape, dtype=z.dtype) - 9) if number % 3 == 1 else z
        best = z.argmax(1)
        y = torch.where(draw.integers(0, 3, len(y)) > 0, best, y)  # about two thirds right
        want = int((best == y).sum()) / len(y)
        compare.number(submission.accuracy(z, y), want, 1e-6, 1e-6, what="accuracy", zh="准确率")
    for share, labels in ((1.0, best), (0.0, (best + 1) % z.shape[1])):
        compare.number(submission.accuracy(z, labels), share, 1e-6, 1e-6, what="accuracy", zh="准确率")


@check(
    "accuracy_margin.float",
    hint="The caller wants to print and compare a number: a Python float, not a tensor and not an int.",
    zh="调用者要的是可以打印和比较的数：Python 的 float，不是张量，也不是 int。",
)
def test_accuracy_is_a_python_float(submission: Any, draw: Draw) -> None:
    for labels in (draw.labels(6, 4), draw.labels(1, 4)):
        z = draw.randn(len(labels), 4)
        for y in (labels, z.argmax(1)):
            share = compare.is_type(submission.accuracy(z, y), float, "accuracy", "准确率")
            compare.require(0 <= share <= 1, "a share lies between 0 and 1.", "比例应在 0 与 1 之间。")


def lead(z: Tensor, y: Tensor) -> Tensor:
    own = F.one_hot(y, z.shape[1]).bool()
    return z[own] - z.masked_fill(own, -math.inf).amax(1)


@check(
    "accuracy_margin.margin_value",
    hint="The best other score: take the label's own out of the race. A 0 in its place may win over negative scores.",
    zh="要的是其他类别的最高分：先把标签自己去掉。若用 0 代替，当得分都为负时 0 反而会赢。",
)
def test_margin_to_the_best_other_class(submission: Any, draw: Draw) -> None:
    for number in range(24):
        z, y = batch(draw, number)
        z = z + (0, -40, 40, 0)[number % 4]
        compare.same(submission.margin(z, y), lead(z, y), what="the margin", zh="间隔")
    far = draw.integers(-50, 50, 6, 4).double() - 1e12
    compare.same(submission.margin(far, y := draw.labels(6, 4)), lead(far, y), what="the margin", zh="间隔")


@check(
    "accuracy_margin.margin_sign",
    hint="Right predictions have a positive margin, wrong ones a negative one. Then counting signs gives the accuracy.",
    zh="预测正确时间隔为正，错误时为负。数一数正号，就得到准确率。",
)
def test_margin_is_positive_where_the_prediction_is_right(submission: Any, draw: Draw) -> None:
    for number in range(8):
        z, y = batch(draw, 6 * number)
        z = z - 20 if number % 2 else z
        found = compare.tensor(submission.margin(z, y), shape=(len(y),), dtype=z.dtype, what="the margin", zh="间隔")
        right = compare.finite(found, "the margin", "间隔").detach() > 0
        compare.require(
            torch.equal(right, z.argmax(1) == y),
            "the margin is not positive exactly where the label has the largest score.",
            "间隔为正之处，与标签得分最高之处不一致。",
        )
        share = compare.number(submission.accuracy(z, y), what="accuracy", zh="准确率")
        message = ("the share of positive margins is not the accuracy.", "正间隔的比例与准确率不一致。")
        compare.require(abs(share - right.double().mean().item()) < 1e-6, *message)


@check(
    "accuracy_margin.tie",
    hint="If another class has the same score, the label beats it by 0, even if more than two share the top.",
    zh="若另一个类别得分相同，标签只胜出 0 分，哪怕有三个以上并列第一。",
)
def test_equal_scores_have_margin_zero(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n, classes = draw.sizes(2, 3, 7)
        z, y = draw.integers(-9, 9, n, classes).double(), draw.integers(0, classes, n)
        top = z.amax(1) + number - 3.5
        for step in range(1 + number % 2):
            z[torch.arange(n), (y + 1 + step) % classes] = top
        z[torch.arange(n), y] = top
        compare.same(submission.margin(z, y), lead(z, y), what="the margin", zh="间隔")
    flat = torch.full((3, 4), -2.5)
    compare.same(submission.margin(flat, torch.tensor([0, 3, 1])), torch.zeros(3), what="the margin", zh="间隔")


@check(
    "accuracy_margin.margin_gradient",
    hint="A margin can be trained: +1 flows to the label's score, -1 to the best other one. Stay connected to z.",
    zh="间隔也可以用来训练：+1 流向标签的得分，-1 流向其他类别的最高分。不要断开通往 z 的计算图。",
)
def test_gradient_of_the_margin(submission: Any, draw: Draw) -> None:
    y = draw.labels(5, 4)
    gradients.match(lambda z: submission.margin(z, y), lambda z: lead(z, y), lambda d: 2 * d.randn(5, 4), draw)


@check(
    "accuracy_margin.inputs_unchanged",
    hint="Taking the label's score out of the race must happen in a new tensor.",
    zh="把标签的得分去掉，必须在新的张量里进行。",
    needs=["accuracy_margin.example"],
)
def test_accuracy_and_margin_leave_their_arguments_alone(submission: Any, draw: Draw) -> None:
    z, y = draw.randn(5, 4), draw.labels(5, 4)
    for name in ("accuracy", "margin"):
        seen = submission.observe(name, z, y)
        compare.is_type(seen.result, (float, Tensor))
        compare.unchanged(z, seen.args[0], "z")
        compare.unchanged(y, seen.args[1], "y")


# train_softmax ------------------------------------------------------------------------------------------------------

PARTS = """
def cross_entropy(z, y, reduction="mean", ignore_index=None):
    return F.cross_entropy(z, y, reduction=reduction, ignore_index=-100 if ignore_index is None else ignore_index)
student.cross_entropy, student.softmax = cross_entropy, lambda x, dim=-1: torch.softmax(x, dim)
student.one_hot, student.nll = lambda y, C: F.one_hot(y, C).float(), lambda logp, y: F.nll_loss(logp, y)
"""
FIT = """
model, g = student.SoftmaxRegression(X.shape[1], C), torch.Generator().manual_seed(seed)
losses = [model.fit(X, y, epochs=epochs, lr=lr, batch=batch, generator=g) for _ in range(fits)]
[losses, model.logits(torch.cat([torch.zeros(1, X.shape[1]), torch.eye(X.shape[1])])), X, y]
"""


def with_right_parts(fresh_submission: Any) -> Any:
    """The submission with its own softmax and loss replaced by right ones, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def trained(
    submission: Any, X: Tensor, y: Tensor, C: int, *, fits: int = 1, **how: Any
) -> tuple[list[list[float]], Tensor]:
    """After `fits` calls of fit: their lists of losses, and W with b below it, (d + 1, C)."""
    found = submission.build(FIT, X=X, y=y, C=C, fits=fits, **how)
    losses, out, after_X, after_y = compare.items(found, 4, list)
    lists = []
    for one in compare.items(losses, fits, list):
        entries = compare.items(one, how["epochs"], list, "the list of losses", "损失的列表")
        lists.append([compare.is_type(entry, float, "a loss", "损失") for entry in entries])
    shape = (X.shape[1] + 1, C)
    out = compare.tensor(out, shape=shape, dtype=F32, what="the logits", zh="logits").detach()
    compare.unchanged(X, after_X, "X")
    compare.unchanged(y, after_y, "y")
    return lists, torch.cat([out[1:] - out[0], out[:1]])


def loss_at(theta: Tensor, X: Tensor, y: Tensor) -> float:
    return F.cross_entropy(X.double() @ theta[:-1] + theta[-1], y).item()


def step(theta: Tensor, X: Tensor, y: Tensor, lr: float) -> Tensor:
    """One step of gradient descent in float64, by the formula."""
    full = torch.cat([X.double(), torch.ones(len(X), 1, dtype=F64)], dim=1)
    rest = torch.softmax(full @ theta, 1) - F.one_hot(y, theta.shape[1])
    return theta - lr / len(X) * full.T @ rest


def points(draw: Draw, n: int, d: int, C: int) -> tuple[Tensor, Tensor, Tensor]:
    """X, y and zero parameters. Some feature is far from centred, so that a forgotten bias shows."""
    X = draw.randn(n, d, dtype=F32)
    return X, draw.labels(n, C), torch.zeros(d + 1, C, dtype=F64)


@check(
    "train_softmax.init_loss_ln_C",
    hint="At zero weights every class gets 1/C. logits works before fit; with lr = 0 every loss is log C.",
    zh="权重全为零时每类的概率都是 1/C。fit 之前 logits 就能用；lr = 0 时每个损失都是 log C。",
)
def test_an_untrained_model_knows_nothing(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, C in ((5, 10), (1, 2), draw.sizes(2, 3, 8)):
        X, y, theta = points(draw, 7, d, C)
        before = submission.build("student.SoftmaxRegression(d, C).logits(X)", d=d, C=C, X=X)
        compare.same(before, torch.zeros(7, C), what="the logits before fit", zh="训练前的 logits")
        (losses,), now = trained(submission, X, y, C, epochs=2, lr=0.0, batch=3, seed=1)
        compare.same(
            torch.tensor(losses), torch.full((2,), math.log(C)), what="the losses at lr = 0", zh="lr = 0 时的损失"
        )
        compare.same(now, theta.float(), what="W and b after lr = 0", zh="lr = 0 之后的 W 和 b")


def shapes(draw: Draw) -> Iterator[tuple[int, int, int, int]]:
    """n, d, C and the number of epochs."""
    for number in range(6):
        n, d, C = draw.sizes(3, 2, 9)
        yield (1, n)[number != 3], (1, d)[number != 4], (2, C)[number != 5], 1 + number % 3


@check(
    "train_softmax.full_batch_steps",
    hint="A batch of all rows makes one step per epoch: -lr times the gradient of the mean loss, for W and for b.",
    zh="一批包含所有行时，每轮更新一步：W 和 b 都减去 lr 乘以平均损失的梯度。",
)
def test_steps_of_the_whole_batch(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for n, d, C, epochs in shapes(draw):
        X, y, theta = points(draw, n, d, C)
        lr, size = draw.random.uniform(0.1, 0.9), n + draw.size(0, 3)
        for _ in range(epochs):
            theta = step(theta, X, y, lr)
        _, got = trained(submission, X, y, C, epochs=epochs, lr=lr, batch=size, seed=draw.new_seed())
        compare.same(got, theta.float(), what="W and b", zh="W 和 b")


@check(
    "train_softmax.short_batches",
    hint="Each batch makes one step with the mean over its own rows; the short one at the end counts as a batch, too.",
    zh="每一批更新一步，用的是这一批自己各行的平均；最后不满的一批也算一批。",
)
def test_steps_of_batches_with_a_short_last_one(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for n, size, epochs in ((5, 2, 1), (7, 3, 2), (4, 1, 1), (6, 4, 3), (9, 3, 2)):
        d, C = draw.sizes(2, 2, 6)
        row, label, theta = points(draw, 1, d, C)
        X, y, lr = row.expand(n, d), label.expand(n), draw.random.uniform(0.1, 0.6)  # all alike: no order matters
        for _ in range(epochs * -(-n // size)):
            theta = step(theta, row, label, lr)
        _, got = trained(submission, X, y, C, epochs=epochs, lr=lr, batch=size, seed=draw.new_seed())
        compare.same(got, theta.float(), what="W and b", zh="W 和 b")


@check(
    "train_softmax.losses",
    hint="One Python float per epoch: the mean loss over its rows, not the sum, and not only that of the last batch.",
    zh="每轮一个 Python float：对所有行的平均损失，不是总和，也不只是最后一批的。",
)
def test_one_loss_for_each_epoch(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for n, batches, epochs in ((6, 1, 4), (9, 1, 1), (8, 4, 3), (6, 2, 2)):
        d, C = draw.sizes(2, 2, 6)
        X, y, theta = points(draw, n, d, C)
        if batches > 1:
            X, y = X[:1].expand(n, d), y[:1].expand(n)
        before, after = [], []
        for _ in range(epochs):
            running = []
            for _ in range(batches):
                running.append(loss_at(theta, X, y))
                theta = step(theta, X, y, 0.4)
            before.append(sum(running) / batches)
            after.append(loss_at(theta, X, y))
        (losses,), _ = trained(submission, X, y, C, epochs=epochs, lr=0.4, batch=n // batches, seed=draw.new_seed())
        gaps = [max(abs(a - b) for a, b in zip(losses, want, strict=True)) for want in (before, after)]
        compare.require(
            min(gaps) <= 1e-5,
            "the losses are neither the means over the batches of each epoch nor those of all rows after each epoch.",
            "这些损失既不是每轮各批损失的平均，也不是每轮结束后所有行的损失。",
            reason="value",
        )


@dataclass(frozen=True)
class Ways:
    """A few rows, and where `epochs` epochs can end: W and b for each choice of an order per epoch."""

    X: Tensor
    y: Tensor
    batch: int
    epochs: int
    ends: dict[Any, Tensor]

    def taken(self, submission: Any, seed: int) -> Any:
        """The orders that lead to the student's W and b."""
        how = {"epochs": self.epochs, "lr": RATE, "batch": self.batch, "seed": seed}
        _, theta = trained(submission, self.X, self.y, 3, **how)
        gaps = {orders: (end - theta).abs().max().item() for orders, end in self.ends.items()}
        orders = min(gaps, key=lambda way: gaps[way])
        compare.require(
            gaps[orders] <= 2e-5,
            "no order of the rows leads to this W and b: each epoch uses every row once, with its own label, and each"
            " step starts where the one before has ended.",
            "任何行序都得不到这样的 W 和 b：每轮每行只用一次，并配自己的标签；每一步都从上一步的终点出发。",
            reason="value",
        )
        return orders


RATE = 1.0


def ways_of(draw: Draw, n: int, size: int, epochs: int) -> Ways:
    X, y, start = points(draw, n, 2, 3)
    ends = {}
    for orders in itertools.product(itertools.permutations(range(n)), repeat=epochs):
        theta = start
        for order in orders:
            for rows in torch.tensor(order).split(size):
                theta = step(theta, X[rows], y[rows], RATE)
        ends[orders] = theta
    return Ways(X, y, size, epochs, ends)


@check(
    "train_softmax.one_row_steps",
    hint="In an epoch every row comes exactly once, together with its label.",
    zh="一轮之中，每一行恰好出现一次，并与它的标签在一起。",
)
def test_steps_of_single_rows(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    ways = ways_of(draw, 3, 1, 2)
    for _ in range(5):
        ways.taken(submission, draw.new_seed())


@check(
    "train_softmax.reshuffles",
    hint="Draw a new order at the beginning of every epoch.",
    zh="每一轮开始时都要抽取新的顺序。",
    needs=["train_softmax.one_row_steps"],
)
def test_every_epoch_has_its_own_order(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    ways = ways_of(draw, 3, 1, 2)
    taken = [ways.taken(submission, draw.new_seed()) for _ in range(14)]
    compare.require(
        any(first != second for first, second in taken) and len({first for first, _ in taken}) > 1,
        "the rows come in the same order in every epoch, or in every run.",
        "每一轮（或每次训练）的行顺序都相同。",
    )


@check(
    "train_softmax.mixes_within_batch",
    hint="Shuffle the rows first, then cut. Whoever shuffles ready batches keeps the same rows together for ever.",
    zh="先打乱各行，再切成小批量。若只打乱切好的小批量，同样的几行就永远待在一起。",
    needs=["train_softmax.one_row_steps"],
)
def test_batches_are_mixed_anew(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    ways = ways_of(draw, 4, 2, 1)
    pairs = {frozenset(ways.taken(submission, draw.new_seed())[0][:2]) & {0, 1} for _ in range(14)}
    compare.require(
        any(len(pair) == 1 for pair in pairs),
        "rows that are neighbours in X always come in the same batch.",
        "X 中相邻的行总是出现在同一批里。",
    )


@check(
    "train_softmax.generator_only",
    hint="All chance is in the generator: the same state gives the same model, and nothing else is drawn from.",
    zh="所有随机性都来自 generator：相同的状态得到相同的模型，不使用其他随机源。",
)
def test_training_is_reproducible(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y, _ = points(draw, 20, 4, 3)
    state, seed = submission.build("torch.get_rng_state()"), draw.new_seed()
    runs = [trained(submission, X, y, 3, epochs=2, lr=0.5, batch=3, seed=s)[1] for s in (seed, seed, draw.new_seed())]
    compare.same(runs[1], runs[0], rtol=0, atol=0, what="the model of a second run", zh="第二次训练的模型")
    different = not torch.equal(runs[2], runs[0])
    compare.require(
        different, "another generator gives exactly the same model.", "换一个 generator 得到了完全相同的模型。"
    )
    compare.require(
        torch.equal(compare.tensor(state), compare.tensor(submission.build("torch.get_rng_state()"))),
        "the global random generator was used; only the one that is passed in may be.",
        "用到了全局随机数生成器；只能使用传入的 generator。",
    )


TWO = """
one, other = student.SoftmaxRegression(2, 3), student.SoftmaxRegression(2, 3)
one.fit(X, y, epochs=2, lr=0.5, batch=2, generator=torch.Generator().manual_seed(0))
other.logits(X)
"""


@check(
    "train_softmax.separate_models",
    hint="Every model has a W and a b of its own: keep them in self, not in the class or at the top of the file.",
    zh="每个模型有自己的 W 和 b：把它们存在 self 里，不要放在类上，也不要放在文件的顶层。",
)
def test_two_models_do_not_share_their_weights(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y, _ = points(draw, 5, 2, 3)
    untouched = submission.build(TWO, X=X, y=y)
    compare.same(
        untouched, torch.zeros(5, 3), what="the logits of another, untrained model", zh="另一个未训练模型的 logits"
    )


@check(
    "train_softmax.fit_goes_on",
    hint="The weights are born in __init__. fit moves them from where they are.",
    zh="权重在 __init__ 中建立。fit 从它们当前的值继续。",
)
def test_a_second_fit_goes_on_from_the_first(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    X, y, theta = points(draw, 6, 3, 4)
    for _ in range(6):
        theta = step(theta, X, y, 0.5)
    _, got = trained(submission, X, y, 4, fits=3, epochs=2, lr=0.5, batch=6, seed=draw.new_seed())
    compare.same(got, theta.float(), what="W and b after three fits", zh="三次 fit 之后的 W 和 b")


WATCHED = """
import torch.optim.optimizer as optimizer
from torch.nn.modules.module import register_module_forward_pre_hook
from torch.utils._python_dispatch import TorchDispatchMode

class Watch(TorchDispatchMode):
    ops = {}
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.ops[func._schema.name] = 1
        return func(*args, **(kwargs or {}))

layers, steps = [], []
hooks = [optimizer.register_optimizer_step_pre_hook(lambda *_: steps.append(1)),
         register_module_forward_pre_hook(lambda layer, _: layers.append(type(layer).__module__))]
with Watch():
    model = student.SoftmaxRegression(3, 4)
    model.fit(X, y, epochs=1, lr=0.1, batch=2, generator=torch.Generator().manual_seed(0))
    model.logits(X)
for hook in hooks:
    hook.remove()
[Watch.ops, any(name.startswith("torch.nn.") for name in layers), bool(steps)]
"""


@check(
    "train_softmax.no_nn",
    hint="X W + b is one line and the step is one line: write both, without a layer and without an optimiser.",
    zh="X W + b 是一行，更新也是一行：都请自己写，不用现成的层，也不用优化器。",
    needs=["train_softmax.example"],
)
def test_no_layer_and_no_optimiser_is_used(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    X, y, _ = points(draw, 5, 3, 4)
    ops, layer, optimiser = compare.items(submission.build(WATCHED, X=X, y=y), 3, list)
    layers = {"nn.Linear", "nn.LazyLinear", "nn.Bilinear", "F.linear", "F.bilinear"}
    source_rules.forbid_imports(submission.source, {"torch.optim"})
    source_rules.forbid_names(submission.source, layers | READY_MADE, within="SoftmaxRegression")
    source_rules.forbid_ops(SimpleNamespace(ops=ops), OPERATIONS)
    if layer is not False or optimiser is not False:
        raise compare.CheckFailure(
            Text("a ready-made layer or optimiser of torch is used.", "用到了 torch 现成的层或优化器。"),
            reason="forbidden",
            outcome="forbidden",
        )


@check(
    "train_softmax.test_accuracy",
    hint="All the pieces are right, yet the digits are not read well enough. Does fit use all rows, all epochs, and b?",
    zh="各个部分都对，数字却识别得不够好。fit 是否用上了所有的行、所有的轮数，以及 b？",
    needs=[
        "softmax.value",
        "cross_entropy.value",
        "cross_entropy.grad_is_p_minus_y",
        "train_softmax.full_batch_steps",
        "train_softmax.short_batches",
    ],
    weight=3.0,
)
def test_digits_are_read(fresh_submission: Any, draw: Draw, record_property: Any) -> None:
    data = datasets.digits()
    source = """
model, g = student.SoftmaxRegression(64, 10), torch.Generator().manual_seed(seed)
model.fit(X, y, epochs=30, lr=0.5, batch=64, generator=g)
model
"""

    def run(seed: int) -> float:
        submission = fresh_submission()
        model = submission.build(source, X=data.train_x, y=data.train_y, seed=seed)
        logits = submission.build("model.logits(X)", model=model, X=data.test_x)
        share = training.accuracy(compare.tensor(logits, shape=(360, 10), dtype=F32, what="the logits"), data.test_y)
        record_property("accuracy", share)
        return training.tiers(share, {"simple": 0.8, "medium": 0.9, "strong": 0.94})

    training.two_of_three(run, draw)

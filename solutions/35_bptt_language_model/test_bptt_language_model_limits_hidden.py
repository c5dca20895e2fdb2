"""Hidden checks of the language model: gradients cut to a length, and perplexity."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from bptt_language_model_reference import F32, F64
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# clip_global_norm -----------------------------------------------------------------------------------------------------

AFTER, NORM = {"what": "the gradients after", "zh": "裁剪后的梯度"}, {"what": "the norm before", "zh": "裁剪前的范数"}


def some_grads(draw: Draw, number: int, norm: float) -> list[Tensor]:
    """Three to five tensors of different shapes and sizes, with this global norm."""
    dtype = float_type(number)
    shapes = ((3, 4), (5,), (2, 3, 2), (1,), (4, 1))[: 3 + number % 3]
    grads = [(1 + 3 * place) * draw.randn(*shape) for place, shape in enumerate(shapes)]
    total = torch.cat([grad.flatten() for grad in grads]).norm()
    return [draw.layout((grad * (norm / total)).to(dtype), place % 3) for place, grad in enumerate(grads)]


def clipped(submission: Any, grads: list[Any], max_norm: float) -> tuple[Any, list[Any]]:
    seen = submission.observe("clip_grad_norm_", grads, max_norm)
    return seen, compare.items(seen.args[0], len(grads), list, "the gradients", "梯度")


def norm_of(grads: list[Tensor]) -> Tensor:
    return torch.cat([grad.detach().double().flatten() for grad in grads]).norm()


@check(
    "clip_global_norm.norm_is_max",
    hint="Afterwards all tensors together, seen as one long vector, have the length max_norm.",
    zh="裁剪后，所有张量合起来当作一个长向量，长度等于 max_norm。",
)
def test_the_norm_afterwards(submission: Any, draw: Draw) -> None:
    for number in range(12):
        high = 10.0 ** draw.random.uniform(-2, 3)
        grads = some_grads(draw, number, high * draw.random.uniform(1.05, 20))
        _, after = clipped(submission, grads, high)
        same = [compare.tensor(a, shape=g.shape, dtype=g.dtype, **AFTER) for a, g in zip(after, grads, strict=True)]
        compare.number(norm_of(same).item(), high, 2e-5, what="the norm after", zh="裁剪后的范数")


@check(
    "clip_global_norm.direction_kept",
    hint="Every number of every tensor is multiplied by the same factor. Which norm must that factor come from?",
    zh="每个张量的每个数都乘同一个因子。这个因子应当来自哪个范数？",
)
def test_the_direction_stays(submission: Any, draw: Draw) -> None:
    for number in range(9):
        grads = some_grads(draw, number, 7.0)
        _, after = clipped(submission, grads, 2.5)
        want = [(grad * (2.5 / norm_of(grads))).to(grad.dtype) for grad in grads]
        compare.same(after, want, rtol=1e-4, atol=1e-5, **AFTER)


@check(
    "clip_global_norm.small_untouched",
    hint="A step that is short enough is left alone, to the last bit.",
    zh="本来就够短的一步保持原样，一个比特也不动。",
)
def test_short_gradients_stay_as_they_are(submission: Any, draw: Draw) -> None:
    for number in range(6):
        grads = some_grads(draw, number, 0.9)
        for max_norm in (1.0, 50.0):
            _, after = clipped(submission, grads, max_norm)
            compare.same(after, grads, rtol=0, atol=0, **AFTER)


@check(
    "clip_global_norm.returns_original_norm",
    hint="What comes back is the length before, also where nothing was cut: a 0-d tensor.",
    zh="返回的是裁剪前的长度，没有裁剪时也一样：一个 0 维张量。",
)
def test_the_norm_before_comes_back(submission: Any, draw: Draw) -> None:
    for number in range(6):
        grads = some_grads(draw, number, (0.3, 6.0)[number % 2])
        seen, _ = clipped(submission, grads, 1.0)
        compare.same(seen.result, norm_of(grads).to(grads[0].dtype), rtol=2e-5, **NORM)


@check(
    "clip_global_norm.in_place",
    hint="The optimiser holds these very tensors: change the numbers in them, don't put new tensors into the list.",
    zh="优化器手里拿的就是这些张量：改它们里面的数，不要往列表里放新的张量。",
)
def test_the_same_tensors_are_changed(submission: Any, draw: Draw) -> None:
    for number in range(3):
        grads = [grad.contiguous() for grad in some_grads(draw, number, 6.0)]
        got = submission.build(
            "own = list(grads)\nbefore = [g.data_ptr() for g in own]\nstudent.clip_grad_norm_(grads, 2.0)\n"
            "own, all(a is b for a, b in zip(own, grads)) and before == [g.data_ptr() for g in own]",
            grads=grads,
        )
        own, kept = compare.items(got, 2, tuple)
        want = [(grad * (2.0 / norm_of(grads))).to(grad.dtype) for grad in grads]
        compare.same(own, want, rtol=1e-4, atol=1e-5, what="the tensors that were given", zh="传入的那些张量")
        compare.require(kept is True, "the list holds other tensors than before.", "列表里的张量换了。")


@check(
    "clip_global_norm.zero_grad_safe",
    hint="A gradient of zeros has a norm of zero. What do you divide by?",
    zh="全零梯度的范数是零。你除以了什么？",
)
def test_zeros_stay_zeros(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        grads = [torch.zeros(3, 2, dtype=dtype), torch.zeros(4, dtype=dtype)]
        seen, after = clipped(submission, grads, 0.5)
        compare.same(after, grads, rtol=0, atol=0, **AFTER)
        compare.same(seen.result, torch.zeros((), dtype=dtype), **NORM)


@check(
    "clip_global_norm.none_grads",
    hint="A parameter that took no part has None for a gradient. It stays None; and perhaps there is nothing else.",
    zh="没有参与的参数，梯度是 None。它仍然是 None；也许除此之外什么都没有。",
)
def test_parameters_without_gradient(submission: Any, draw: Draw) -> None:
    one, two = some_grads(draw, 0, 6.0)[:2]
    seen, after = clipped(submission, [None, one, None, two, None], 1.0)
    norm = norm_of([one, two])
    compare.same(after, [None, one / norm, None, two / norm, None], rtol=1e-4, atol=1e-5, **AFTER)
    compare.same(seen.result, norm, rtol=2e-5, **NORM)
    for nothing in ([], [None, None]):
        seen, after = clipped(submission, nothing, 1.0)
        compare.same(after, nothing, **AFTER)
        compare.same(seen.result, torch.tensor(0.0), **NORM)


# perplexity -----------------------------------------------------------------------------------------------------------

PPL = {"what": "the perplexity", "zh": "困惑度"}


def near(got: Any, want: Any) -> None:
    compare.number(compare.is_type(got, float, **PPL), float(want), 1e-5, **PPL)


@check(
    "perplexity.uniform_is_V",
    hint="Who has no idea wavers among all V. Does your exponential fit your logarithm?",
    zh="一无所知的模型在 V 个字符之间犹豫。你的指数和对数的底一致吗？",
)
def test_no_idea_is_v(submission: Any, draw: Draw) -> None:
    for V in (2, 7, 25):
        near(submission.perplexity(torch.full((3, 4, V), 1.5), draw.integers(0, V, 3, 4)), V)


@check(
    "perplexity.value",
    hint="Mean of the cross-entropy over all characters of all rows, softmax over the last dimension, then exp.",
    zh="对所有行、所有字符的交叉熵取平均（softmax 沿最后一维），然后取 exp。",
)
def test_random_logits(submission: Any, draw: Draw) -> None:
    for number in range(8):
        B, T, V = draw.sizes(3, 2, 8)
        logits = draw.layout(2 * draw.randn(B, T, V, dtype=float_type(number)), number)
        y = draw.integers(0, V, B, T)
        near(submission.perplexity(logits, y), F.cross_entropy(logits.transpose(1, 2), y).exp())


@check(
    "perplexity.perfect_is_1",
    hint="Who always knows wavers among one. Large logits must not overflow on the way.",
    zh="永远知道答案的模型只在一个字符里“犹豫”。途中很大的 logits 不能溢出。",
)
def test_always_right_is_one(submission: Any, draw: Draw) -> None:
    y = draw.integers(0, 6, 3, 5)
    near(submission.perplexity(2000.0 * F.one_hot(y, 6).float(), y), 1.0)


@check(
    "perplexity.not_mean_of_exp",
    hint="First the mean, then the exponential: one bad surprise must not count for all.",
    zh="先平均，再取指数：一次糟糕的意外不能压倒一切。",
)
def test_one_bad_surprise(submission: Any, draw: Draw) -> None:
    logits = torch.zeros(2, 4, 3, dtype=F64)
    logits[0, 1, 0] = 12.0 + draw.random.random()
    y = torch.ones(2, 4, dtype=torch.int64)
    near(submission.perplexity(logits, y), F.cross_entropy(logits.transpose(1, 2), y).exp())

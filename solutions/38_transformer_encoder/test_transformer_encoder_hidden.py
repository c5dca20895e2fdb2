"""Hidden checks of transformer-encoder: the feed-forward layer and the heads. Weights are drawn here."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from transformer_encoder_reference import F32, F64, OUT, drawn, feed, ffn_shapes, made, shapes_of

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

FFN = "student.FFN(d, d_ff, p)"

# ffn ----------------------------------------------------------------------------------------------------------------


@check(
    "ffn.param_count",
    hint="Two linear layers under the names up and down, both with a bias, and nothing else that learns.",
    zh="两个线性层，名为 up 和 down，都带偏置；此外没有别的可学习参数。",
)
def test_two_layers_by_their_names(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        d, d_ff = draw.sizes(2, 2, 9)
        module = made(submission, FFN, F32, d=d, d_ff=d_ff, p=0.1)
        compare.same(shapes_of(module), ffn_shapes(d, d_ff), what="the parameters and their shapes", zh="参数及其形状")
    sizes = [value.numel() for value in module.params().values()]
    compare.equal(sum(sizes), 2 * d * d_ff + d + d_ff, what="the number of parameters", zh="参数的个数")


@check(
    "ffn.value",
    hint="Up, then ReLU, then down. d_ff is the width in between.",
    zh="先 up，再 ReLU，再 down。d_ff 是中间的宽度。",
    needs=["ffn.param_count"],
)
def test_the_layer_computes_the_formula(submission: Any, draw: Draw) -> None:
    for number in range(20):
        B, T, d, d_ff = draw.sizes(4, 1, 9)
        dtype = float_type(number)
        weights = drawn(draw, ffn_shapes(d, d_ff), dtype)
        x = draw.layout(draw.randn(B, T, d, dtype=dtype), number)
        got = made(submission, FFN, dtype, d=d, d_ff=d_ff, p=0.0).functional(weights, x)
        compare.same(got, feed(weights, x), **OUT)


@check(
    "ffn.positionwise",
    hint="Every token is treated alike and by itself: the layer acts on the last dimension, never across the sequence.",
    zh="每个词元都受到同样的、各自独立的处理：这一层作用在最后一维上，绝不跨越序列。",
    needs=["ffn.param_count"],
)
def test_tokens_do_not_meet(submission: Any, draw: Draw) -> None:
    for _ in range(4):
        B, T, d, d_ff = draw.sizes(4, 2, 7)
        T = d  # a layer that goes over the wrong dimension does not notice
        module = made(submission, FFN, d=d, d_ff=d_ff, p=0.0)
        x, order = draw.randn(B, T, d), torch.arange(T).roll(1)
        plain = compare.tensor(module(x), shape=(B, T, d), dtype=F64, **OUT).detach()
        compare.same(module(x[:, order]), plain[:, order], what="the result of reordered tokens", zh="重排词元的结果")
        compare.same(module(x[:, :1]), plain[:, :1], what="the result of one token alone", zh="单个词元的结果")


@check(
    "ffn.relu_between",
    hint="Without something bent in between, two linear layers are one. Where does the bend belong?",
    zh="中间没有弯折，两个线性层就等于一个。弯折该放在哪里？",
    needs=["ffn.param_count"],
)
def test_the_layer_can_compute_absolute_values(submission: Any, draw: Draw) -> None:
    for number in range(4):
        d, dtype = draw.size(2, 6), float_type(number)
        eye = torch.eye(d, dtype=dtype)
        weights = {"up.weight": torch.cat([eye, -eye]), "down.weight": torch.cat([eye, eye], 1)}
        weights |= {"up.bias": torch.zeros(2 * d, dtype=dtype), "down.bias": torch.full((d,), -1.0, dtype=dtype)}
        module, x = made(submission, FFN, dtype, d=d, d_ff=2 * d, p=0.0), draw.randn(3, 4, d, dtype=dtype)
        compare.same(module.functional(weights, x), x.abs() - 1, **OUT)


@check(
    "ffn.dropout",
    hint="Dropout belongs to the hidden numbers, in training mode only, and what it keeps grows by 1 / (1 - p).",
    zh="dropout 作用在中间的数上，只在训练模式下起作用，保留下来的数放大为 1 / (1 - p) 倍。",
    needs=["ffn.value"],
)
def test_hidden_numbers_are_dropped_in_training(submission: Any, draw: Draw) -> None:
    d, p, count = 6, 0.3, 6000
    eye = torch.eye(d, dtype=F64)
    weights = {"up.weight": 0 * eye, "up.bias": torch.full((d,), 2.0, dtype=F64), "down.weight": eye}
    weights["down.bias"] = torch.full((d,), 5.0, dtype=F64)
    module, x = made(submission, FFN, d=d, d_ff=d, p=p), torch.zeros(1, count, d, dtype=F64)
    module.train()
    got = compare.tensor(module.functional(weights, x), shape=x.shape, dtype=F64, **OUT).detach()
    kept = got > 6
    compare.same(
        got, torch.where(kept, 5 + 2 / (1 - p), 5.0).double(), what="the result in training", zh="训练时的结果"
    )
    share, error = kept.double().mean().item(), math.sqrt(p * (1 - p) / (count * d))
    compare.require(abs(share - (1 - p)) < 5 * error, "the share of what is kept is not 1 - p.", "保留的比例不对。")
    module.eval()
    compare.same(
        module.functional(weights, x), torch.full_like(x, 7.0), what="the result in eval mode", zh="评估时的结果"
    )


@check(
    "ffn.gradient",
    hint="All four parameters and the input learn: stay connected to them.",
    zh="四个参数和输入都要有梯度：不要断开连接。",
    needs=["ffn.value"],
    weight=0.5,
)
def test_gradients_of_the_layer(submission: Any, draw: Draw) -> None:
    shapes = ffn_shapes(3, 5)
    module = made(submission, FFN, d=3, d_ff=5, p=0.0)

    def named(values: tuple[Tensor, ...]) -> dict[str, Tensor]:
        return dict(zip(shapes, values, strict=True))

    gradients.match(
        lambda x, *values: module.functional(named(values), x),
        lambda x, *values: feed(named(values), x),
        lambda child: (child.randn(2, 4, 3), *drawn(child, shapes, F64).values()),
        draw,
    )


# heads --------------------------------------------------------------------------------------------------------------

SCORES, VECTOR = {"what": "the scores", "zh": "得分"}, {"what": "the vector of the sequence", "zh": "序列的向量"}


def sequences(draw: Draw, number: int) -> tuple[Tensor, Tensor]:
    """h (B, T, d) and a mask in which every sequence has a real token and, if there is room, padding."""
    B, T, d = draw.sizes(3, 1, 8)
    h = draw.layout(draw.randn(B, T, d, dtype=float_type(number)) + 1, number)
    mask = draw.uniform(0, 1, B, T) < 0.5
    mask[torch.arange(B), draw.integers(0, T, B)] = True
    return h, mask


def mean(h: Tensor, mask: Tensor) -> Tensor:
    rows = [one[keep].mean(0) if bool(keep.any()) else 0 * one.sum(0) for one, keep in zip(h, mask, strict=True)]
    return torch.stack(rows)


@check(
    "heads.token_value",
    hint="The rows of W are classes. Each token meets each class once, on the width that both share.",
    zh="W 的每一行是一个类别。每个词元与每个类别在共同的宽度上相遇一次。",
)
def test_scores_of_every_token(submission: Any, draw: Draw) -> None:
    for number in range(20):
        B, T, d, classes = draw.sizes(4, 1, 8)
        classes = d if number % 5 == 4 else classes
        dtype = float_type(number)
        h, W = draw.layout(draw.randn(B, T, d, dtype=dtype), number), draw.randn(classes, d, dtype=dtype)
        seen = submission.observe("token_head", h, draw.noncontiguous(W) if number % 2 else W)
        want = torch.stack([(h * row).sum(-1) for row in W], dim=-1)
        compare.same(seen.result, want, **SCORES)
        compare.unchanged(h, seen.args[0], "h")
        compare.unchanged(W, seen.args[1], "W")


@check(
    "heads.masked_mean",
    hint="Padding counts in neither part of a mean: not in the sum, not in what it is divided by.",
    zh="填充不参与平均的任何部分：既不进总和，也不进除数。",
)
def test_the_mean_leaves_padding_out(submission: Any, draw: Draw) -> None:
    for number in range(20):
        h, mask = sequences(draw, number)
        seen = submission.observe("sequence_head", h, mask, "mean")
        compare.same(seen.result, mean(h, mask), **VECTOR)
        compare.unchanged(h, seen.args[0], "h")
        compare.unchanged(mask, seen.args[1], "mask")
        loud = torch.where(mask[:, :, None], h, 1e6)
        scale = 1e3 if h.dtype == F32 else 1.0
        compare.same(submission.sequence_head(loud, mask, "mean"), mean(h, mask), scale=scale, **VECTOR)
    compare.same(submission.sequence_head(h, torch.ones_like(mask), "mean"), h.mean(1), **VECTOR)


@check(
    "heads.nothing_to_average",
    hint="No real token: 0 / 0. Zeros are asked for, in the gradient as well.",
    zh="一个真正的词元也没有：0 / 0。要的是零，梯度也是零。",
    weight=0.5,
)
def test_a_sequence_of_padding_gives_zeros(submission: Any, draw: Draw) -> None:
    for number in range(4):
        h, mask = (x.clone() for x in sequences(draw, 3 * number))
        mask[draw.size(0, len(mask) - 1)] = False
        compare.same(submission.sequence_head(h, mask, "mean"), mean(h, mask), **VECTOR)
        weights = draw.randn(len(h), h.shape[2], dtype=h.dtype)
        (want,) = gradients.of(lambda x, m=mask: mean(x, m), h, grad_output=weights)
        (got,) = gradients.of(lambda x, m=mask: submission.sequence_head(x, m, "mean"), h, grad_output=weights)
        compare.same(got, want, what="the gradient", zh="梯度")


@check(
    "heads.cls_index",
    hint="The first place of every sequence, not the first sequence, and not the first real token.",
    zh="每个序列的第一个位置：不是第一个序列，也不是第一个真正的词元。",
)
def test_the_vector_of_the_first_place(submission: Any, draw: Draw) -> None:
    for number in range(12):
        h, mask = sequences(draw, number)
        mask[:, 0] &= bool(number % 2)
        compare.same(submission.sequence_head(h, mask, "cls"), h[:, 0], **VECTOR)


@check(
    "heads.gradient",
    hint="Both heads are trained: stay connected to h and to W.",
    zh="两种头都要训练：不要断开与 h 和 W 的连接。",
)
def test_gradients_of_the_heads(submission: Any, draw: Draw) -> None:
    def make(child: Draw) -> tuple[Tensor, Tensor]:
        return child.randn(2, 4, 3), child.randn(5, 3)

    gradients.match(submission.token_head, lambda h, W: torch.einsum("btd,cd->btc", h, W), make, draw)
    mask = torch.tensor([[True, False, True, True], [False, True, False, False]])
    for how, reference in (("mean", lambda h: mean(h, mask)), ("cls", lambda h: h[:, 0])):
        gradients.match(
            lambda h, how=how: submission.sequence_head(h, mask, how),
            reference,
            lambda c: c.randn(2, 4, 3),
            draw.child(how),
        )


@check(
    "heads.other_words_raise",
    hint="A word that is neither of the two should not quietly mean one of them.",
    zh="两个词以外的词，不应悄悄当作其中之一。",
    weight=0.5,
)
def test_other_words_are_refused(submission: Any, draw: Draw) -> None:
    for word in ("max", "", "CLS", "avg"):
        compare.raises(ValueError, submission.sequence_head, draw.randn(2, 3, 4), torch.ones(2, 3).bool(), word)

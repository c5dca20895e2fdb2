"""Hidden checks of transformer-encoder: one block. It gets weights drawn here, and a right FFN."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from transformer_encoder_reference import (
    F32,
    F64,
    OPERATIONS,
    OUT,
    READY_MADE,
    WATCHED,
    WITH_FFN,
    Claim,
    block,
    block_shapes,
    drawn,
    made,
    normed,
    shapes_of,
    some_mask,
    torch_block,
    with_right,
)

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

BLOCK = "student.EncoderBlock(d, h, d_ff, p, norm)"
NEEDS = ["encoder_block.parameters"]
KINDS = ("post", "pre")


def sizes(draw: Draw, count: int) -> Iterator[tuple[int, int, int, int, int, torch.dtype]]:
    """d, h, d_ff, B, T and a dtype; the sizes differ."""
    for number in range(count):
        h, part = ((2, 3), (3, 2), (1, 4), (4, 1), (2, 4))[number % 5]
        B, T = draw.sizes(2, 2, 5)
        yield h * part, h, draw.size(9, 12), B, T, float_type(number)


def values(submission: Any, draw: Draw, norm: str) -> None:
    for number, (d, h, d_ff, B, T, dtype) in enumerate(sizes(draw, 8)):
        weights = drawn(draw, block_shapes(d, d_ff), dtype)
        x = draw.layout(draw.randn(B, T, d, dtype=dtype), number)
        module = made(submission, BLOCK, dtype, d=d, h=h, d_ff=d_ff, p=0.0, norm=norm)
        compare.same(module.functional(weights, x), torch_block(weights, h, x, None, norm), **OUT)


@check(
    "encoder_block.parameters",
    hint="attn, ffn, norm1, norm2: these four names, of these classes, and nothing else that learns.",
    zh="attn、ffn、norm1、norm2：就这四个名字、这些类，此外没有别的可学习参数。",
)
def test_four_layers_by_their_names(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_FFN)
    for norm in KINDS:
        d, h, d_ff, *_ = next(sizes(draw, 1))
        module = made(submission, BLOCK, F32, d=d, h=h, d_ff=d_ff, p=0.1, norm=norm)
        compare.same(
            shapes_of(module), block_shapes(d, d_ff), what="the parameters and their shapes", zh="参数及其形状"
        )


@check(
    "encoder_block.post_value",
    hint="post: add first, normalise the sum, and hand the normalised sum on. Every token is normalised over its own d"
    " numbers.",
    zh="post：先相加，再把和归一化，然后把归一化的结果传下去。每个词元只在自己的 d 个数上归一化。",
    needs=NEEDS,
)
def test_post_norm_is_that_of_torch(fresh_submission: Any, draw: Draw) -> None:
    values(with_right(fresh_submission, WITH_FFN), draw, "post")


@check(
    "encoder_block.pre_value",
    hint="pre: each layer gets a normalised copy, and its result is added to what came in, which stays as it is.",
    zh="pre：每一层拿到的是归一化后的副本，其结果加到原来的输入上，而输入本身保持原样。",
    needs=NEEDS,
)
def test_pre_norm_is_that_of_torch(fresh_submission: Any, draw: Draw) -> None:
    values(with_right(fresh_submission, WITH_FFN), draw, "pre")


def silent(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same weights with layers whose result is 0."""
    quiet = ("attn.out_proj", "ffn.down")
    return {name: torch.zeros_like(value) if name.startswith(quiet) else value for name, value in weights.items()}


@check(
    "encoder_block.residual",
    hint="If both layers say nothing, what came in goes on: normalised twice with post, untouched with pre.",
    zh="如果两层都不出声，输入就原样往下走：post 时归一化两次，pre 时原封不动。",
    needs=NEEDS,
)
def test_silent_layers_let_the_input_through(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_FFN)
    for d, h, d_ff, B, T, dtype in sizes(draw, 4):
        weights = silent(drawn(draw, block_shapes(d, d_ff), dtype))
        x = 3 * draw.randn(B, T, d, dtype=dtype)
        twice = normed(weights, normed(weights, x, "norm1"), "norm2")
        for norm, want in (("post", twice), ("pre", x)):
            module = made(submission, BLOCK, dtype, d=d, h=h, d_ff=d_ff, p=0.0, norm=norm)
            compare.same(module.functional(weights, x), want, **OUT)


@check(
    "encoder_block.padding_mask",
    hint="Here True is a real token; nn.MultiheadAttention asks for the opposite. No real token may notice what stands"
    " at the padding.",
    zh="这里 True 是真正的词元；nn.MultiheadAttention 要的正好相反。填充处放了什么，任何真正的词元都不应察觉。",
    needs=NEEDS,
)
def test_padding_has_no_influence(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_FFN)
    for number, (d, h, d_ff, B, length, dtype) in enumerate(sizes(draw, 8)):
        T = B if number == 4 else length
        weights, norm = drawn(draw, block_shapes(d, d_ff), dtype), KINDS[number % 2]
        x, mask = draw.randn(B, T, d, dtype=dtype), some_mask(draw, B, T)
        module = made(submission, BLOCK, dtype, d=d, h=h, d_ff=d_ff, p=0.0, norm=norm)
        want = block(weights, h, x, mask, norm)[mask]
        for given in (x, torch.where(mask[:, :, None], x, 5 * draw.randn(B, T, d, dtype=dtype))):
            got = compare.tensor(module.functional(weights, given, mask), shape=x.shape, dtype=dtype, **OUT)
            compare.same(got[mask], want, what="the result of the real tokens", zh="真正的词元的结果")
    everything = torch.ones(B, T, dtype=torch.bool)
    compare.same(module.functional(weights, x, mask=everything), block(weights, h, x, None, norm), **OUT)


@check(
    "encoder_block.dropout_modes",
    hint="In eval mode nothing is dropped. In training the whole result of each layer is, before it is added, never the"
    " sum.",
    zh="评估模式下什么都不丢。训练时丢的是每层的结果，在相加之前，而不是相加之后的和。",
    needs=["encoder_block.post_value", "encoder_block.pre_value"],
)
def test_dropout_acts_in_training_only(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_FFN)
    for norm in KINDS:
        d, h, d_ff, B, T, dtype = next(sizes(draw, 1))
        weights, x = drawn(draw, block_shapes(d, d_ff), dtype), draw.randn(B, T, d, dtype=dtype)
        some = made(submission, BLOCK, dtype, d=d, h=h, d_ff=d_ff, p=0.4, norm=norm)
        one = compare.tensor(some.functional(weights, x), shape=x.shape, dtype=dtype, **OUT).detach()
        other = compare.tensor(some.functional(weights, x), shape=x.shape, dtype=dtype, **OUT).detach()
        compare.require(not torch.equal(one, other), "two training passes are the same.", "训练时两次的结果相同。")
        some.eval()
        what = {"what": "the result in eval mode", "zh": "评估模式下的结果"}
        compare.same(some.functional(weights, x), block(weights, h, x, None, norm), **what)
        everything = made(submission, BLOCK, dtype, d=d, h=h, d_ff=d_ff, p=1.0, norm=norm)
        want = block(weights, h, x, None, norm, on=0.0)
        compare.same(everything.functional(weights, x), want, what="the result at p = 1", zh="p = 1 时的结果")


@check(
    "encoder_block.dropout_share",
    hint="p is the share that is dropped, number by number; what is kept grows by 1 / (1 - p), after the attention as"
    " after the FFN.",
    zh="p 是逐个丢弃的比例；保留下来的放大为 1 / (1 - p) 倍。注意力之后如此，FFN 之后也如此。",
    needs=["encoder_block.dropout_modes"],
    weight=0.5,
)
def test_the_results_of_both_layers_are_dropped(fresh_submission: Any, draw: Draw) -> None:
    submission, p, d, T = with_right(fresh_submission, WITH_FFN), 0.3, 8, 1500
    zeros = {name: torch.zeros(shape, dtype=F64) for name, shape in block_shapes(d, 10).items()}
    x = torch.zeros(1, T, d, dtype=F64)
    for name in ("attn.out_proj.bias", "ffn.down.bias"):
        module = made(submission, BLOCK, d=d, h=2, d_ff=10, p=p, norm="pre")
        weights = {**zeros, name: torch.full((d,), 7.0, dtype=F64)}
        got = compare.tensor(module.functional(weights, x), shape=x.shape, dtype=F64, **OUT).detach()
        kept = got > 1
        compare.same(
            got, torch.where(kept, 7 / (1 - p), 0.0).double(), what="what is added in training", zh="训练时所加的"
        )
        share, error = kept.double().mean().item(), math.sqrt(p * (1 - p) / (T * d))
        close = abs(share - (1 - p)) < 5 * error
        compare.require(close, "the share of what is kept is not 1 - p.", "保留的比例不是 1 - p。")


@check(
    "encoder_block.gradient",
    hint="Every weight of the block learns, and the gradient reaches the input by both ways: through the layers and"
    " past them.",
    zh="块中每个权重都要学习，梯度沿两条路到达输入：穿过各层，以及绕过各层。",
    needs=["encoder_block.post_value", "encoder_block.pre_value", "encoder_block.padding_mask"],
)
def test_gradients_of_the_block(fresh_submission: Any, draw: Draw) -> None:
    submission, shapes = with_right(fresh_submission, WITH_FFN), block_shapes(4, 5)
    mask = torch.tensor([[True, True, False], [True, True, True]])
    for norm in KINDS:
        module = made(submission, BLOCK, d=4, h=2, d_ff=5, p=0.0, norm=norm)

        def student(x: Tensor, *rest: Tensor, module: Any = module) -> Any:
            got = module.functional(dict(zip(shapes, rest, strict=True)), x, mask)
            return compare.tensor(got, shape=x.shape, dtype=F64, **OUT)[mask]

        def reference(x: Tensor, *rest: Tensor, norm: str = norm) -> Tensor:
            return block(dict(zip(shapes, rest, strict=True)), 2, x, mask, norm)[mask]

        def make(child: Draw) -> tuple[Tensor, ...]:
            return child.randn(2, 3, 4), *drawn(child, shapes, F64).values()

        gradients.match(student, reference, make, draw.child(norm), draws=2)


@check(
    "encoder_block.inputs_unchanged",
    hint="x += ... writes into the caller's tensor. So does turning the mask round where it lies.",
    zh="x += ... 会改写调用者的张量；就地翻转掩码也一样。",
    needs=NEEDS,
    weight=0.5,
)
def test_the_block_leaves_its_arguments_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_FFN)
    source = (
        "module = student.EncoderBlock(6, 2, 9, 0.0, norm).double()\nwith torch.no_grad():\n    y = module(x, mask)\n"
    )
    for norm in KINDS:
        x, mask = draw.randn(3, 4, 6), some_mask(draw, 3, 4)
        found = compare.items(submission.build(source + "[y, x, mask]", x=x, mask=mask, norm=norm), 3, list)
        compare.tensor(found[0], shape=x.shape, dtype=F64, **OUT)
        compare.unchanged(x, found[1], "x")
        compare.unchanged(mask, found[2], "mask")


@check(
    "encoder_block.other_norms_raise",
    hint="Only two words are known. A third one deserves a ValueError, when the block is made.",
    zh="只认识两个词。遇到第三个，应在建立块时抛出 ValueError。",
    weight=0.5,
)
def test_other_norms_are_refused(fresh_submission: Any) -> None:
    submission = with_right(fresh_submission, WITH_FFN)
    for norm in ("none", "Post", "", "prenorm"):
        compare.raises(ValueError, submission.build, BLOCK, d=4, h=2, d_ff=6, p=0.0, norm=norm)


@check(
    "encoder_block.no_builtin",
    hint="A block is an attention layer, an FFN, two norms and two additions. The ready-made one is what you build.",
    zh="一个块就是一个注意力层、一个 FFN、两次归一化和两次相加。现成的块正是你要实现的。",
    needs=NEEDS,
    weight=2.0,
)
def test_the_block_is_built_from_its_parts(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="EncoderBlock")
    module = made(submission, BLOCK, F32, d=6, h=2, d_ff=9, p=0.0, norm="post")
    module.eval()
    result, ops = compare.items(submission.build(WATCHED, module=module, x=draw.randn(2, 3, 6, dtype=F32)), 2, list)
    compare.tensor(result, shape=(2, 3, 6), dtype=F32, **OUT)
    source_rules.forbid_ops(Claim(ops), OPERATIONS)

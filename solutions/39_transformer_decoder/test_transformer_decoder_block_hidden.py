"""Hidden checks of transformer-decoder: one block. It gets weights drawn here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from transformer_decoder_reference import (
    BLOCK,
    F32,
    F64,
    OUT,
    READY_MADE,
    Weights,
    block,
    block_shapes,
    drawn,
    some_mask,
    torch_block,
)

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

NEEDS = ["decoder_block.parameters"]
Case = tuple[dict[str, Any], Weights, Tensor, Tensor]  # arguments of the class, weights, y, memory


def made(submission: Any, given: dict[str, Any], dtype: torch.dtype) -> Any:
    return submission.build(f"{BLOCK}.to(dtype)", dtype=dtype, **given)


def cases(draw: Draw, count: int) -> Iterator[Case]:
    """B, T, S, d and d_ff differ; memory layouts and floating types in turn."""
    for number in range(count):
        h, part = ((2, 3), (3, 2), (1, 4), (4, 1), (2, 4))[number % 5]
        dtype, (B, T, S) = float_type(number), draw.sizes(3, 2, 6)
        given = {"d": h * part, "h": h, "d_ff": draw.size(9, 12), "p": 0.0}
        y = draw.layout(draw.randn(B, T, h * part, dtype=dtype), number)
        memory = draw.layout(draw.randn(B, S, h * part, dtype=dtype), number + 1)
        yield given, drawn(draw, block_shapes(h * part, given["d_ff"]), dtype), y, memory


@check(
    "decoder_block.parameters",
    hint="self_attn, cross_attn, ffn, norm1, norm2, norm3: these six names, and nothing else that learns.",
    zh="self_attn、cross_attn、ffn、norm1、norm2、norm3：就这六个名字，此外没有别的可学习参数。",
)
def test_six_layers_by_their_names(submission: Any, draw: Draw) -> None:
    given, *_ = next(cases(draw, 1))
    params = compare.is_type(made(submission, given, F32), torch.nn.Module, "DecoderBlock", "DecoderBlock").params()
    shapes = {name: tuple(value.shape) for name, value in params.items()}
    compare.same(
        shapes, block_shapes(given["d"], given["d_ff"]), what="the parameters and their shapes", zh="参数及其形状"
    )


@check(
    "decoder_block.value",
    hint="Three times: add what the layer says to what came in, and normalise the sum. First looking back, then across,"
    " then thinking; each mask belongs to one of the three.",
    zh="三次都是：把这一层的结果加到输入上，再把和归一化。先回看，再看源序列，最后思考；每个掩码只属于其中一步。",
    needs=NEEDS,
)
def test_the_block_computes_the_formula(submission: Any, draw: Draw) -> None:
    for given, weights, y, memory in cases(draw, 12):
        masks = some_mask(draw, y.shape[1], y.shape[1]), some_mask(draw, len(y), memory.shape[1])
        got = made(submission, given, y.dtype).functional(weights, y, memory, *masks)
        compare.same(got, block(weights, given["h"], y, memory, *masks), **OUT)


@check(
    "decoder_block.kv_from_memory",
    hint="In the second attention the decoder asks and the memory answers: which of query, key and value come from"
    " where?",
    zh="在第二个注意力里，解码器提问，memory 回答：查询、键、值各来自哪里？",
    needs=NEEDS,
)
def test_it_is_the_layer_of_torch(submission: Any, draw: Draw) -> None:
    for given, weights, y, memory in cases(draw, 6):
        got = made(submission, given, y.dtype).functional(weights, y, memory)
        compare.same(got, torch_block(weights, given["h"], y, memory, None, None), **OUT)


@check(
    "decoder_block.causality",
    hint="With a causal mask nothing may come back from the future. True means 'may look' here, and the opposite in"
    " nn.MultiheadAttention.",
    zh="有了因果掩码，任何东西都不能从未来传回来。这里 True 表示“可以看”，而 nn.MultiheadAttention 正好相反。",
    needs=NEEDS,
)
def test_later_words_change_nothing_before_them(submission: Any, draw: Draw) -> None:
    for given, weights, y, memory in cases(draw, 3):
        module, T = made(submission, given, y.dtype), y.shape[1]
        mask = torch.ones(T, T, dtype=torch.bool).tril()
        want = block(weights, given["h"], y, memory, mask)
        compare.same(module.functional(weights, y, memory, mask), want, **OUT)
        for t in range(1, T):
            other = y.clone()
            other[:, t:] = 3 * draw.randn(*other[:, t:].shape, dtype=y.dtype)
            got = compare.tensor(module.functional(weights, other, memory, mask), shape=y.shape, dtype=y.dtype, **OUT)
            compare.same(got[:, :t], want[:, :t], what="the result before the changed word", zh="被改动的词之前的结果")


@check(
    "decoder_block.uses_memory",
    hint="Another source must lead to another result, at every place of the target.",
    zh="换一个源序列，目标的每个位置都应得到不同的结果。",
    needs=NEEDS,
)
def test_another_source_another_result(submission: Any, draw: Draw) -> None:
    for given, weights, y, memory in cases(draw, 4):
        module, mask = made(submission, given, y.dtype), torch.ones(y.shape[1], y.shape[1]).tril().bool()
        other = memory + 2 * draw.randn(*memory.shape, dtype=y.dtype)
        one, two = (
            compare.finite(compare.tensor(module.functional(weights, y, x, mask), shape=y.shape, dtype=y.dtype), **OUT)
            for x in (memory, other)
        )
        moved = (one - two).abs().amax(-1) > 1e-3
        compare.require(
            bool(moved.all()),
            "the memory has changed, but the result is the same: nobody looks across.",
            "memory 变了，结果却没有变：没有人去看源序列。",
        )


@check(
    "decoder_block.memory_padding",
    hint="Filler behind a short source must not be heard. Which of the two attentions looks at the source, and what"
    " does True mean to it?",
    zh="短句后面的填充不应被听到。两个注意力中哪一个在看源序列？对它来说 True 是什么意思？",
    needs=NEEDS,
)
def test_filler_of_the_source_is_not_heard(submission: Any, draw: Draw) -> None:
    for given, weights, y, memory in cases(draw, 6):
        mask = some_mask(draw, len(y), memory.shape[1])
        loud = torch.where(mask[:, :, None], memory, 9 * draw.randn(*memory.shape, dtype=y.dtype))
        want = block(weights, given["h"], y, memory, None, mask)
        module = made(submission, given, y.dtype)
        for source in (memory, loud):
            compare.same(module.functional(weights, y, source, None, mask), want, **OUT)
        compare.same(module.functional(weights, y, loud, memory_mask=mask), want, **OUT)


@check(
    "decoder_block.different_lengths",
    hint="Source and target are hardly ever equally long: one word or many, on either side.",
    zh="源序列与目标序列很少一样长：任何一边都可能只有一个词，也可能有很多。",
    needs=NEEDS,
    weight=0.5,
)
def test_any_two_lengths(submission: Any, draw: Draw) -> None:
    given: dict[str, Any] = {"d": 6, "h": 3, "d_ff": 8, "p": 0.0}
    weights, module = drawn(draw, block_shapes(6, 8)), made(submission, given, F64)
    for B, T, S in ((1, 1, 5), (2, 7, 1), (3, 3, 3), (2, 2, 9), (1, 1, 1)):
        y, memory, mask = draw.randn(B, T, 6), draw.randn(B, S, 6), torch.ones(T, T, dtype=torch.bool).tril()
        compare.same(module.functional(weights, y, memory, mask), block(weights, 3, y, memory, mask), **OUT)


@check(
    "decoder_block.dropout_modes",
    hint="In training the whole result of each of the three layers is dropped with probability p, before it is added;"
    " in eval mode nothing is.",
    zh="训练时，三层各自的结果在相加之前都以概率 p 被丢弃；评估模式下什么都不丢。",
    needs=["decoder_block.value"],
)
def test_dropout_acts_in_training_only(submission: Any, draw: Draw) -> None:
    for given, weights, y, memory in cases(draw, 2):
        h = given["h"]
        everything = made(submission, {**given, "p": 1.0}, y.dtype)
        want = block(weights, h, y, memory, on=0.0)
        compare.same(everything.functional(weights, y, memory), want, what="the result at p = 1", zh="p = 1 时的结果")
        some = made(submission, {**given, "p": 0.4}, y.dtype)
        two = [compare.tensor(some.functional(weights, y, memory), shape=y.shape, **OUT).detach() for _ in range(2)]
        differ = not torch.equal(*two)
        compare.require(differ, "two training passes are the same.", "训练时两次的结果相同。")
        some.eval()
        what = {"what": "the result in eval mode", "zh": "评估模式下的结果"}
        compare.same(some.functional(weights, y, memory), block(weights, h, y, memory), **what)


@check(
    "decoder_block.gradient",
    hint="Every weight learns, and through the memory the encoder learns, too.",
    zh="每个权重都要学习；编码器也要通过 memory 来学习。",
    needs=["decoder_block.value", "decoder_block.memory_padding"],
)
def test_gradients_reach_weights_target_and_memory(submission: Any, draw: Draw) -> None:
    shapes, given = block_shapes(4, 5), {"d": 4, "h": 2, "d_ff": 5, "p": 0.0}
    masks = torch.ones(2, 2, dtype=torch.bool).tril(), torch.tensor([[True, True, False], [True, True, True]])
    module = made(submission, given, F64)

    def student(y: Tensor, memory: Tensor, *rest: Tensor) -> Any:
        return module.functional(dict(zip(shapes, rest, strict=True)), y, memory, *masks)

    def reference(y: Tensor, memory: Tensor, *rest: Tensor) -> Tensor:
        return block(dict(zip(shapes, rest, strict=True)), 2, y, memory, *masks)

    def make(child: Draw) -> tuple[Tensor, ...]:
        return child.randn(2, 2, 4), child.randn(2, 3, 4), *drawn(child, shapes).values()

    gradients.match(student, reference, make, draw, draws=2)


@check(
    "decoder_block.inputs_unchanged",
    hint="y += ... writes into the caller's tensor. So does turning a mask round where it lies.",
    zh="y += ... 会改写调用者的张量；就地翻转掩码也一样。",
    needs=NEEDS,
    weight=0.5,
)
def test_the_block_leaves_its_arguments_alone(submission: Any, draw: Draw) -> None:
    given = (draw.randn(3, 4, 6), draw.randn(3, 5, 6), torch.ones(4, 4).tril().bool(), some_mask(draw, 3, 5))
    source = (
        "block = student.DecoderBlock(6, 2, 9).double()\nwith torch.no_grad():\n    out = block(*given)\n[out, *given]"
    )
    found = compare.items(submission.build(source, given=given), 5, list)
    compare.tensor(found[0], shape=(3, 4, 6), dtype=F64, **OUT)
    for before, after, name in zip(given, found[1:], ("y", "memory", "tgt_mask", "memory_mask"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "decoder_block.no_builtin",
    hint="Two attention layers, an FFN, three norms and three additions. The ready-made layer is what you build.",
    zh="两个注意力层、一个 FFN、三次归一化和三次相加。现成的层正是你要实现的。",
    needs=["decoder_block.example"],
    weight=2.0,
)
def test_the_block_is_built_from_its_parts(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="DecoderBlock")

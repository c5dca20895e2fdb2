"""Hidden checks of transformer-encoder: the stack with its embedding and positions. It gets weights drawn here, and
right blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from transformer_encoder_reference import (
    F32,
    F64,
    OUT,
    READY_MADE,
    WITH_BLOCK,
    Weights,
    drawn,
    encode,
    encoder_shapes,
    made,
    shapes_of,
    some_mask,
    with_right,
)

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

ENCODER = "student.Encoder(V, d, h, L, d_ff, p=p, norm=norm, max_len=max_len)"
WITHOUT = ENCODER[:-1] + ", use_positions=False)"
NEEDS = ["encoder.parameters"]
KINDS = ("post", "pre")
Sizes = dict[str, Any]


def sizes(draw: Draw, count: int) -> Iterator[tuple[Sizes, torch.dtype]]:
    """The arguments of an Encoder, and a dtype; post and pre, one to three blocks."""
    for number in range(count):
        h, part = ((2, 3), (3, 2), (1, 4))[number % 3]
        V, max_len = draw.size(13, 17), draw.size(8, 11)
        yield (
            {"V": V, "d": h * part, "h": h, "L": 1 + number % 3, "d_ff": 7, "p": 0.0, "max_len": max_len}
            | {"norm": KINDS[number // 2 % 2]},
            float_type(number),
        )


def weights_of(draw: Draw, given: Sizes, dtype: torch.dtype = F64) -> Weights:
    shapes = encoder_shapes(*(given[name] for name in ("V", "d", "L", "d_ff", "norm", "max_len")))
    return drawn(draw, shapes, dtype)


def some_ids(draw: Draw, given: Sizes) -> Tensor:
    """(B, T) with T from 1 to max_len."""
    return draw.integers(0, given["V"], draw.size(1, 4), draw.size(2, given["max_len"] - 1))


@check(
    "encoder.parameters",
    hint="embed, positions, blocks, and with pre a last norm: these names, and nothing else that learns.",
    zh="embed、positions、blocks，pre 时还有最后的 norm：就这些名字，此外没有别的可学习参数。",
)
def test_layers_by_their_names(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for given, _ in sizes(draw, 4):
        names = ("V", "d", "L", "d_ff", "norm", "max_len")
        want = encoder_shapes(*(given[name] for name in names))
        module = made(submission, ENCODER, F32, **given)
        compare.same(shapes_of(module), want, what="the parameters and their shapes", zh="参数及其形状")
    defaults = made(submission, "student.Encoder(5, 4, 2, 2, 6)", F32)
    want = encoder_shapes(5, 4, 2, 6, "post", 64)
    compare.same(shapes_of(defaults), want, what="the parameters and their shapes", zh="参数及其形状")


@check(
    "encoder.layers_independent",
    hint="L blocks that are one and the same object learn as one. Make a new block for every place in the list.",
    zh="L 个块若是同一个对象，学到的就只有一份。列表的每个位置都要新建一个块。",
)
def test_every_block_has_weights_of_its_own(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for L in (2, 4):
        module = made(submission, "student.Encoder(5, 4, 2, L, 6)", F32, L=L)
        found = {name.rpartition("attn.in_proj_weight")[0] for name in shapes_of(module) if "in_proj_weight" in name}
        compare.equal(len(found), L, what="the number of blocks with weights of their own", zh="拥有自己权重的块数")


@check(
    "encoder.value",
    hint="Embedding times sqrt(d), plus positions, then all blocks in their order, each with the mask; with pre a last"
    " norm.",
    zh="嵌入乘以 sqrt(d)，加上位置，再依次经过所有的块，每个块都带掩码；pre 时最后再归一化一次。",
    needs=NEEDS,
)
def test_the_stack_computes_the_formula(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for number, (given, dtype) in enumerate(sizes(draw, 12)):
        weights, ids = weights_of(draw, given, dtype), some_ids(draw, given)
        ids = draw.noncontiguous(ids) if number % 2 else ids
        module = made(submission, ENCODER, dtype, **given)
        want = encode(weights, given["h"], ids, None, given["norm"])
        compare.same(module.functional(weights, ids), want, scale=10, **OUT)


def quiet(weights: Weights, d: int) -> Weights:
    """Blocks that add nothing, and a norm that only normalises."""
    still = {name: 0 * value if ".out_proj" in name or ".down" in name else value for name, value in weights.items()}
    return still | {"norm.weight": torch.ones(d, dtype=F64), "norm.bias": torch.zeros(d, dtype=F64)}


@check(
    "encoder.embedding_scale",
    hint="sqrt(d) multiplies the embedding, not the positions and not the sum.",
    zh="sqrt(d) 乘的是嵌入，不是位置，也不是二者之和。",
    needs=NEEDS,
)
def test_embeddings_are_scaled_by_the_root_of_the_width(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for given, _ in sizes(draw, 6):
        given |= {"norm": "pre"}
        weights, ids = quiet(weights_of(draw, given), given["d"]), some_ids(draw, given)
        want = encode(weights, given["h"], ids, None, "pre")
        compare.same(made(submission, ENCODER, **given).functional(weights, ids), want, **OUT)


@check(
    "encoder.positions_added",
    hint="Row t of the table belongs to place t, in every sequence. Without it new order in gives new order out.",
    zh="表的第 t 行属于第 t 个位置，对所有序列都一样。没有它，输入换了次序，输出就只是跟着换次序。",
    needs=NEEDS,
)
def test_the_order_of_the_tokens_matters(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for given, _ in sizes(draw, 4):
        weights, ids = weights_of(draw, given), some_ids(draw, given)
        ids[:, 0], ids[:, 1] = 1, 2
        order = torch.tensor([1, 0, *range(ids.shape[1] - 1, 1, -1)])
        module = made(submission, ENCODER, **given)
        plain = compare.tensor(module.functional(weights, ids), shape=(*ids.shape, given["d"]), dtype=F64, **OUT)
        moved = compare.tensor(module.functional(weights, ids[:, order]), shape=plain.shape, dtype=F64, **OUT)
        gap = (compare.finite(moved, **OUT) - compare.finite(plain, **OUT)[:, order]).abs().max()
        compare.require(
            bool(gap > 1e-3),
            "with the tokens in another order the results only change places: it knows no positions.",
            "词元换了次序，结果只是跟着换位置：它不知道位置。",
        )
        same = torch.full_like(ids, 3)  # equal tokens differ by their positions only
        want = encode(weights, given["h"], same, None, given["norm"])
        compare.same(module.functional(weights, same), want, scale=10, **OUT)


@check(
    "encoder.without_positions",
    hint="use_positions=False: nothing is added, whatever stands in the table.",
    zh="use_positions=False：什么都不加，不论表里有什么。",
    needs=["encoder.value"],
)
def test_without_positions_no_order_is_known(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for given, _ in sizes(draw, 4):
        module = made(submission, WITHOUT, **given)
        weights, ids = weights_of(draw, given), some_ids(draw, given)
        if "positions.weight" not in shapes_of(module):
            del weights["positions.weight"]
        bare = {name: value for name, value in weights.items() if name != "positions.weight"}
        want = encode(bare, given["h"], ids, None, given["norm"])
        compare.same(module.functional(weights, ids), want, scale=10, **OUT)


@check(
    "encoder.max_len_raises",
    hint="The table of positions ends at max_len: exactly that many tokens are fine, one more is a ValueError that says"
    " so.",
    zh="位置表到 max_len 为止：恰好这么多词元没有问题，再多一个就要用 ValueError 说明。",
    needs=NEEDS,
)
def test_sequences_that_are_too_long(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for number, (given, _) in enumerate(sizes(draw, 4)):
        module = made(submission, (ENCODER, WITHOUT)[number // 2], **given)
        for T in (given["max_len"], 1):
            ids = draw.integers(0, given["V"], 2, T)
            compare.tensor(module(ids), shape=(2, T, given["d"]), dtype=F64, **OUT)
        for more in (1, draw.size(2, 9)):
            compare.raises(ValueError, module, draw.integers(0, given["V"], 2, given["max_len"] + more))


@check(
    "encoder.padding_mask",
    hint="Every block needs the mask, not only the first.",
    zh="每个块都需要掩码，不只是第一个。",
    needs=["encoder.value"],
)
def test_every_block_gets_the_mask(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for given, dtype in sizes(draw, 6):
        weights, ids = weights_of(draw, given, dtype), draw.integers(0, given["V"], 3, 5)
        mask, other = some_mask(draw, 3, 5), draw.integers(0, given["V"], 3, 5)
        module, want = made(submission, ENCODER, dtype, **given), encode(weights, given["h"], ids, mask, given["norm"])
        for tokens in (ids, torch.where(mask, ids, other)):
            got = compare.tensor(module.functional(weights, tokens, mask), shape=(3, 5, given["d"]), dtype=dtype, **OUT)
            what = {"what": "the result of the real tokens", "zh": "真正的词元的结果"}
            compare.same(got[mask], want[mask], scale=10, **what)


@check(
    "encoder.dropout",
    hint="Dropout acts on embedding plus positions, and the blocks need p, too. In eval mode nothing is dropped.",
    zh="dropout 作用于嵌入与位置之和，各个块也需要 p。评估模式下什么都不丢。",
    needs=["encoder.value"],
)
def test_dropout_of_embedding_and_blocks(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    for given, _ in sizes(draw, 4):
        weights, ids, h, norm = weights_of(draw, given), some_ids(draw, given), given["h"], given["norm"]
        module = made(submission, ENCODER, **{**given, "p": 1.0})
        want = encode(weights, h, ids, None, norm, on=0.0)
        compare.same(module.functional(weights, ids), want, what="the result at p = 1", zh="p = 1 时的结果")
        module.eval()
        want = encode(weights, h, ids, None, norm)
        compare.same(module.functional(weights, ids), want, scale=10, what="the result in eval mode", zh="评估时的结果")
    wide = {"V": 3, "d": 40, "h": 2, "L": 1, "d_ff": 5, "p": 0.3, "max_len": 60, "norm": "pre"}
    weights = quiet({name: 0 * value for name, value in weights_of(draw, wide).items()}, 40)
    weights["positions.weight"] = torch.ones(60, 40, dtype=F64)
    got = compare.tensor(
        made(submission, ENCODER, **wide).functional(weights, torch.ones(20, 60).long()), shape=(20, 60, 40), **OUT
    )
    share = (compare.finite(got, **OUT) > 0).double().mean().item()
    compare.require(
        abs(share - 0.7) < 5 * (0.21 / 48000) ** 0.5, "the share kept is not 1 - p.", "保留的比例不是 1 - p。"
    )


@check(
    "encoder.gradient",
    hint="Embedding and positions learn, too, and so does every block.",
    zh="嵌入和位置也要学习，每个块也一样。",
    needs=["encoder.value"],
    weight=0.5,
)
def test_gradients_reach_every_weight(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right(fresh_submission, WITH_BLOCK)
    given: Sizes = {"V": 5, "d": 4, "h": 2, "L": 2, "d_ff": 3, "p": 0.0, "max_len": 4, "norm": "pre"}
    ids, module, names = (
        torch.tensor([[0, 3, 3], [4, 1, 0]]),
        made(submission, ENCODER, **given),
        list(weights_of(draw, given)),
    )

    def student(*values: Tensor) -> Any:
        return module.functional(dict(zip(names, values, strict=True)), ids)

    def reference(*values: Tensor) -> Tensor:
        return encode(dict(zip(names, values, strict=True)), 2, ids, None, "pre")

    gradients.match(student, reference, lambda child: tuple(weights_of(child, given).values()), draw, draws=2)


@check(
    "encoder.no_builtin",
    hint="A loop over your blocks is all that nn.TransformerEncoder is.",
    zh="nn.TransformerEncoder 也不过是对各个块的一个循环。",
    needs=["encoder.example"],
)
def test_the_stack_is_built_from_blocks(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="Encoder")

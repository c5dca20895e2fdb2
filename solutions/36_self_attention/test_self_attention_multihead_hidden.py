"""Hidden checks of self-attention: the layer with several heads. It gets weights drawn here, and right versions of
attention, split_heads and merge_heads, so that no mistake is blamed twice."""

from __future__ import annotations

from typing import Any

import torch
from self_attention_reference import (
    F32,
    F64,
    OPERATIONS,
    PROJECTIONS,
    READY_MADE,
    cases,
    layer_of,
    multihead,
    some_weights,
    torch_multihead,
    with_right_parts,
)
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

OUT = {"what": "the result of the layer", "zh": "这一层的结果"}
NEEDS = ["multihead_attention.parameters"]


@check(
    "multihead_attention.parameters",
    hint="Four linear layers under the names of the docstring, each from d to d with a bias, all registered in self.",
    zh="按文档字符串中的名字注册四个线性层，每个都是 d 到 d、带偏置，都放在 self 上。",
)
def test_four_projections_by_their_names(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h in ((6, 2), (4, 4), (5, 1)):
        layer = layer_of(submission, d, h, F32)
        shapes = {name: tuple(value.shape) for name, value in layer.params().items()}
        want = {f"{name}.{kind}": (d, d) if kind == "weight" else (d,) for name in PROJECTIONS for kind in KINDS}
        compare.same(shapes, want, what="the parameters and their shapes", zh="参数及其形状")
    x = draw.randn(2, 3, 5, dtype=F32)
    compare.tensor(layer(x, x, x), shape=(2, 3, 5), dtype=F32, **OUT)


KINDS = ("weight", "bias")


@check(
    "multihead_attention.self_value",
    hint="Three projections, then heads, then attention within each head, then merge, then out_proj. Which width does a"
    " head divide by?",
    zh="三个投影，拆成头，每个头内做注意力，合并，再经过 out_proj。一个头除以多大的宽度的平方根？",
    needs=NEEDS,
)
def test_a_sequence_attends_to_itself(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h, dtype, child in cases(draw, 12):
        weights, (B, n) = some_weights(child, d, dtype), child.sizes(2, 1, 6)
        x = child.layout(child.randn(B, n, d, dtype=dtype), B + n)
        got = layer_of(submission, d, h, dtype).functional(weights, x, x, x)
        compare.same(got, torch_multihead(weights, h, x, x, x), **OUT)


@check(
    "multihead_attention.cross_value",
    hint="Queries may come from another sequence, longer or shorter: as many rows come out as queries went in.",
    zh="查询可以来自另一个或长或短的序列：有多少个查询，就输出多少行。",
    needs=NEEDS,
)
def test_one_sequence_attends_to_another(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h, dtype, child in cases(draw, 8):
        weights, (B, n, m) = some_weights(child, d, dtype), child.sizes(3, 1, 7)
        q, k = child.randn(B, n, d, dtype=dtype), child.randn(B, m, d, dtype=dtype)
        got = layer_of(submission, d, h, dtype).functional(weights, q, k, k)
        compare.same(got, multihead(weights, h, q, k, k), **OUT)


@check(
    "multihead_attention.k_ne_v",
    hint="k says where to look, v what is found there. Each goes through its own projection.",
    zh="k 说明该看哪里，v 说明那里有什么。二者各走各的投影。",
    needs=NEEDS,
)
def test_keys_and_values_are_different_tensors(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h, dtype, child in cases(draw, 8):
        weights, (B, n, m) = some_weights(child, d, dtype), child.sizes(3, 2, 6)
        q, k, v = (child.randn(B, size, d, dtype=dtype) for size in (n, m, m))
        layer = layer_of(submission, d, h, dtype)
        compare.same(layer.functional(weights, q, k, v), multihead(weights, h, q, k, v), **OUT)
        own = {name: value.detach() for name, value in layer.params().items()}
        compare.same(layer(q, k, v), multihead(own, h, q, k, v), **OUT)
        layer.eval()
        compare.same(layer(q, k, v), multihead(own, h, q, k, v), what="the result in eval mode", zh="eval 模式下的结果")


@check(
    "multihead_attention.padding_mask",
    hint="The mask speaks of keys: which dimension of the scores is theirs? True keeps a key here; torch's own layer"
    " has it the other way round.",
    zh="掩码说的是键：得分的哪一维属于键？这里 True 表示保留；torch 自带的层正好相反。",
    needs=NEEDS,
)
def test_padded_keys_are_not_looked_at(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for number, (d, h, dtype, child) in enumerate(cases(draw, 12)):
        weights, (B, n, m) = some_weights(child, d, dtype), child.sizes(3, 2, 7)
        n, B = (m, B) if number % 4 == 1 else (n, n) if number % 4 == 2 else (n, B)  # square ones, too
        q, k, v = (child.randn(B, size, d, dtype=dtype) for size in (n, m, m))
        keep = child.integers(1, m + 1, B)[:, None] > torch.arange(m)
        keep = keep[:, child.permutation(m)] if number % 2 else keep
        layer = layer_of(submission, d, h, dtype)
        want = multihead(weights, h, q, k, v, keep)
        compare.same(layer.functional(weights, q, k, v, keep), want, **OUT)
        junk = torch.where(keep[:, :, None], v, 1e4)
        again = layer.functional(weights, q, torch.where(keep[:, :, None], k, 7.0), junk, key_padding_mask=keep)
        compare.same(again, want, **OUT)


@check(
    "multihead_attention.padding_only",
    hint="A sequence may be padding and nothing else. Its heads find nothing, so what is left for out_proj to add?",
    zh="一个序列可能全是填充。各个头什么也没找到，out_proj 还能加上什么？",
    needs=[*NEEDS, "multihead_attention.padding_mask"],
    weight=0.5,
)
def test_a_sequence_of_padding_gives_the_bias(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h, dtype, child in cases(draw, 4):
        weights, (B, n, m) = some_weights(child, d, dtype), child.sizes(3, 2, 6)
        q, k = child.randn(B, n, d, dtype=dtype), child.randn(B, m, d, dtype=dtype)
        keep = torch.arange(B)[:, None] != torch.full((B, m), child.size(0, B - 1))
        got = layer_of(submission, d, h, dtype).functional(weights, q, k, k, keep)
        compare.same(got, multihead(weights, h, q, k, k, keep), **OUT)


@check(
    "multihead_attention.permutation_equivariant",
    hint="The layer knows no order: new order in, new order out, and nothing else changes. The order of the keys leaves"
    " no trace at all.",
    zh="这一层不知道次序：输入换了次序，输出只跟着换次序，别的都不变。键的次序则完全不留痕迹。",
    needs=NEEDS,
)
def test_the_layer_knows_no_order(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h, dtype, child in cases(draw, 4):
        weights, (B, n) = some_weights(child, d, dtype), child.sizes(2, 3, 6)
        x, order = child.randn(B, n, d, dtype=dtype), torch.tensor([1, 0, *range(n - 1, 1, -1)])
        layer, keep = layer_of(submission, d, h, dtype), torch.arange(n) < n - 1
        keep = keep.expand(B, n)
        plain = compare.tensor(layer.functional(weights, x, x, x, keep), shape=x.shape, dtype=dtype, **OUT).detach()
        moved = x[:, order]
        what = {"what": "the result of the reordered sequence", "zh": "重排后的序列的结果"}
        compare.same(layer.functional(weights, moved, moved, moved, keep[:, order]), plain[:, order], **what)
        compare.same(layer.functional(weights, x, moved, moved, keep[:, order]), plain, **what)


@check(
    "multihead_attention.gradient",
    hint="All four layers learn, and the inputs get a gradient, too: nothing may be detached on the way.",
    zh="四个线性层都要学习，输入也要得到梯度：途中什么都不能 detach。",
    needs=["multihead_attention.cross_value", "multihead_attention.padding_mask"],
)
def test_gradients_of_weights_and_inputs(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    d, h, keep = 6, 3, torch.tensor([[True, True, False, True], [False, True, True, True]])
    layer, names = layer_of(submission, d, h), list(some_weights(draw, d))

    def make(child: Draw) -> tuple[Tensor, ...]:
        sequences = (child.randn(2, 3, d), child.randn(2, 4, d), child.randn(2, 4, d))
        return *some_weights(child, d).values(), *sequences

    def student(*values: Tensor) -> Any:
        return layer.functional(dict(zip(names, values[:8], strict=True)), *values[8:], keep)

    def reference(*values: Tensor) -> Tensor:
        return multihead(dict(zip(names, values[:8], strict=True)), h, *values[8:], keep)

    gradients.match(student, reference, make, draw, draws=2)


@check(
    "multihead_attention.inputs_unchanged",
    hint="The sequences and the mask belong to the caller: don't write into them.",
    zh="序列和掩码都是调用者的：不要改写它们。",
    needs=NEEDS,
    weight=0.5,
)
def test_the_layer_leaves_its_arguments_alone(fresh_submission: Any, draw: Draw) -> None:
    submission = with_right_parts(fresh_submission)
    q, k, v = draw.randn(2, 3, 6), draw.randn(2, 4, 6), draw.randn(2, 4, 6)
    keep = torch.tensor([[True, False, True, True], [True, True, False, False]])
    source = "layer = student.MHA(6, 3).double()\n[layer(q, k, v, keep), q, k, v, keep]"
    found = compare.items(submission.build(source, q=q, k=k, v=v, keep=keep), 5, list)
    compare.tensor(found[0], shape=(2, 3, 6), dtype=F64, **OUT)
    for before, after, name in zip((q, k, v, keep), found[1:], ("q", "k", "v", "key_padding_mask"), strict=True):
        compare.unchanged(before, after, name)


@check(
    "multihead_attention.indivisible_raises",
    hint="Say so when the layer is made, not when it is used for the first time.",
    zh="建立这一层时就要说明，不要等到第一次使用。",
    weight=0.5,
)
def test_a_width_that_the_heads_can_not_share(fresh_submission: Any) -> None:
    submission = with_right_parts(fresh_submission)
    for d, h in ((7, 2), (6, 4), (2, 3)):
        compare.raises(ValueError, submission.build, "student.MHA(d, h)", d=d, h=h)
    layer_of(submission, 6, 3)


WATCHED = """
from torch.utils._python_dispatch import TorchDispatchMode

class Watch(TorchDispatchMode):
    ops = {}
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.ops[func._schema.name] = 1
        return func(*args, **(kwargs or {}))

layer = student.MHA(6, 3).eval()
with Watch(), torch.no_grad():
    result = layer(x, x, x)
[result, Watch.ops]
"""


class Claim:
    """What the student's process says it ran."""

    def __init__(self, ops: Any) -> None:
        self.ops = ops


@check(
    "multihead_attention.no_builtin",
    hint="The layer is made of your own attention, your own heads and four nn.Linear.",
    zh="这一层由你自己的 attention、你自己的拆头与合并，以及四个 nn.Linear 组成。",
    needs=[*NEEDS, "multihead_attention.example"],
    weight=2.0,
)
def test_the_layer_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="MHA")
    found = submission.build(WATCHED, x=draw.randn(2, 4, 6, dtype=F32))
    result, ops = compare.items(found, 2, list)
    compare.tensor(result, shape=(2, 4, 6), dtype=F32, **OUT)
    source_rules.forbid_ops(Claim(ops), OPERATIONS)

"""What the hidden checks of self-attention share: the expected attention, inputs, and a layer with given weights."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
READY_MADE = {
    "F.scaled_dot_product_attention", "F.multi_head_attention_forward", "nn.MultiheadAttention",
    "nn.Transformer", "nn.TransformerEncoder", "nn.TransformerEncoderLayer", "nn.TransformerDecoder",
    "nn.TransformerDecoderLayer", "nn.modules.activation.MultiheadAttention", "nn.attention.*",
}  # fmt: skip
OPERATIONS = {
    "aten::_scaled_dot_product_attention_math", "aten::_scaled_dot_product_flash_attention",
    "aten::_scaled_dot_product_flash_attention_for_cpu", "aten::_scaled_dot_product_efficient_attention",
    "aten::_scaled_dot_product_cudnn_attention", "aten::_scaled_dot_product_attention_math_for_mps",
    "aten::_scaled_dot_product_fused_attention_overrideable", "aten::scaled_dot_product_attention",
    "aten::_native_multi_head_attention", "aten::_transformer_encoder_layer_fwd",
    "aten::_triton_scaled_dot_attention", "aten::_triton_multi_head_attention",
}  # fmt: skip
PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")
WHAT = {"what": "the mixture of values", "zh": "值的混合"}


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """The expected attention. Rows that see no key are 0, in value and in gradient."""
    scores = torch.einsum("...nd,...md->...nm", q, k) / math.sqrt(q.shape[-1])
    if mask is None:
        return scores.softmax(-1) @ v
    mask = mask.expand(scores.shape)
    dead = ~mask.any(-1, keepdim=True)
    weights = scores.masked_fill(~mask & ~dead, -math.inf).softmax(-1)
    return weights.masked_fill(dead, 0.0) @ v


def triple(draw: Draw, number: int = 0) -> tuple[Tensor, Tensor, Tensor]:
    """q, k, v with 0 to 3 leading dimensions; n, m, d, e and the leading dimensions all differ."""
    n, m, d, e, *lead = draw.sizes(4 + number % 4, 2, 9)
    dtype = float_type(number // 2)
    shapes = ((*lead, n, d), (*lead, m, d), (*lead, m, e))
    q, k, v = (draw.layout(1.5 * draw.randn(*shape, dtype=dtype), number + place) for place, shape in enumerate(shapes))
    return q, k, v


def some_mask(draw: Draw, q: Tensor, k: Tensor) -> Tensor:
    """bool (*, n, m): every query sees some key and, where there is room, misses one."""
    shape = (*q.shape[:-1], k.shape[-2])
    mask = draw.uniform(0, 1, *shape) < 0.6
    seen = draw.integers(0, shape[-1], *shape[:-1], 1)
    mask.scatter_(-1, (seen + 1) % shape[-1], torch.zeros((), dtype=torch.bool).expand(seen.shape))
    return mask.scatter_(-1, seen, torch.ones((), dtype=torch.bool).expand(seen.shape))


# Multi-head attention -----------------------------------------------------------------------------------------------

PARTS = """
def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    if mask is None:
        return scores.softmax(-1) @ v
    dead = ~mask.any(-1, keepdim=True)
    weights = scores.masked_fill(~mask, float("-inf")).masked_fill(dead, 0.0).softmax(-1)
    return weights.masked_fill(dead, 0.0) @ v

student.attention = attention
student.split_heads = lambda x, h: x.unflatten(2, (h, x.shape[2] // h)).transpose(1, 2)
student.merge_heads = lambda x: x.transpose(1, 2).flatten(2)
"""


def with_right_parts(fresh_submission: Any) -> Any:
    """The submission with its attention and its heads replaced by right ones, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def some_weights(draw: Draw, d: int, dtype: torch.dtype = F64) -> dict[str, Tensor]:
    """Weights and biases of the four projections, large enough that no head attends evenly."""
    weights = {}
    for name in PROJECTIONS:
        weights[f"{name}.weight"] = 1.5 * draw.randn(d, d, dtype=dtype) / math.sqrt(d)
        weights[f"{name}.bias"] = draw.randn(d, dtype=dtype)
    return weights


def multihead(
    weights: dict[str, Tensor], h: int, q: Tensor, k: Tensor, v: Tensor, keep: Tensor | None = None
) -> Tensor:
    """The expected layer, one head after the other."""
    q, k, v = (
        x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        for x, name in zip((q, k, v), PROJECTIONS, strict=False)
    )
    mask = None if keep is None else keep[:, None, :].expand(len(q), q.shape[1], k.shape[1])
    heads = [attend(*part, mask) for part in zip(*(x.chunk(h, dim=-1) for x in (q, k, v)), strict=True)]
    return torch.cat(heads, dim=-1) @ weights["out_proj.weight"].T + weights["out_proj.bias"]


def torch_multihead(weights: dict[str, Tensor], h: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """torch's own layer with these weights."""
    layer = nn.MultiheadAttention(q.shape[-1], h, batch_first=True, dtype=q.dtype)
    packed = {kind: torch.cat([weights[f"{name}.{kind}"] for name in PROJECTIONS[:3]]) for kind in ("weight", "bias")}
    state = {"in_proj_weight": packed["weight"], "in_proj_bias": packed["bias"]}
    layer.load_state_dict({**state, **{f"out_proj.{kind}": weights[f"out_proj.{kind}"] for kind in packed}})
    return layer(q, k, v, need_weights=False)[0].detach()


def layer_of(submission: Any, d: int, h: int, dtype: torch.dtype = F64) -> Any:
    """The student's MHA in the sandbox, in this dtype."""
    layer = submission.build("student.MHA(d, h).to(dtype)", d=d, h=h, dtype=dtype)
    return compare.is_type(layer, nn.Module, "MHA", "MHA")


def cases(draw: Draw, count: int) -> Iterator[tuple[int, int, torch.dtype, Draw]]:
    """d, h, dtype and a Draw; d is a multiple of h, and h differs from d / h in most."""
    for number in range(count):
        h, part = ((2, 3), (3, 2), (1, 4), (4, 1), (3, 4), (2, 5))[number % 6]
        yield h * part, h, float_type(number), draw.child(f"case {number}")

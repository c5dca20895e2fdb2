"""What the hidden checks of transformer-encoder share: every formula in the open, weights, and right parts."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
READY_MADE = {
    "nn.Transformer", "nn.TransformerEncoder", "nn.TransformerEncoderLayer", "nn.TransformerDecoder",
    "nn.TransformerDecoderLayer", "nn.modules.transformer.*",
}  # fmt: skip
OPERATIONS = {"aten::_transformer_encoder_layer_fwd"}
OUT = {"what": "the result", "zh": "结果"}
Weights = dict[str, Tensor]


def some_mask(draw: Draw, B: int, T: int) -> Tensor:
    """bool (B, T): every sequence has a real token, and padding anywhere."""
    mask = draw.uniform(0, 1, B, T) < 0.6
    mask[torch.arange(B), draw.integers(0, T, B)] = True
    mask[0, draw.size(0, T - 1)] = T == 1
    return mask | ~mask.any(1, keepdim=True)


# Weights ------------------------------------------------------------------------------------------------------------


def drawn(draw: Draw, shapes: dict[str, tuple[int, ...]], dtype: torch.dtype) -> Weights:
    """Values of these shapes; matrices keep the size of what they multiply."""
    weights = {}
    for name, shape in shapes.items():
        spread = 1.5 / math.sqrt(shape[-1]) if len(shape) == 2 else 0.7
        weights[name] = spread * draw.randn(*shape, dtype=dtype)
    return weights


def ffn_shapes(d: int, d_ff: int, name: str = "") -> dict[str, tuple[int, ...]]:
    return {
        f"{name}up.weight": (d_ff, d), f"{name}up.bias": (d_ff,),
        f"{name}down.weight": (d, d_ff), f"{name}down.bias": (d,),
    }  # fmt: skip


def block_shapes(d: int, d_ff: int, name: str = "") -> dict[str, tuple[int, ...]]:
    return {
        f"{name}attn.in_proj_weight": (3 * d, d), f"{name}attn.in_proj_bias": (3 * d,),
        f"{name}attn.out_proj.weight": (d, d), f"{name}attn.out_proj.bias": (d,),
        **ffn_shapes(d, d_ff, f"{name}ffn."),
        f"{name}norm1.weight": (d,), f"{name}norm1.bias": (d,),
        f"{name}norm2.weight": (d,), f"{name}norm2.bias": (d,),
    }  # fmt: skip


def encoder_shapes(V: int, d: int, L: int, d_ff: int, norm: str, max_len: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {"embed.weight": (V, d), "positions.weight": (max_len, d)}
    for number in range(L):
        shapes |= block_shapes(d, d_ff, f"blocks.{number}.")
    return shapes | ({"norm.weight": (d,), "norm.bias": (d,)} if norm == "pre" else {})


# Formulas -----------------------------------------------------------------------------------------------------------


def feed(weights: Weights, x: Tensor, name: str = "") -> Tensor:
    hidden = (x @ weights[f"{name}up.weight"].T + weights[f"{name}up.bias"]).clamp(min=0)
    return hidden @ weights[f"{name}down.weight"].T + weights[f"{name}down.bias"]


def attend(weights: Weights, h: int, x: Tensor, mask: Tensor | None, name: str = "attn.") -> Tensor:
    projected = x @ weights[f"{name}in_proj_weight"].T + weights[f"{name}in_proj_bias"]
    q, k, v = (part.unflatten(-1, (h, -1)).transpose(1, 2) for part in projected.chunk(3, -1))
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask[:, None, None], -math.inf)
    merged = (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)
    return merged @ weights[f"{name}out_proj.weight"].T + weights[f"{name}out_proj.bias"]


def normed(weights: Weights, x: Tensor, name: str) -> Tensor:
    return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"])


def block(
    weights: Weights, h: int, x: Tensor, mask: Tensor | None, norm: str, name: str = "", on: float = 1.0
) -> Tensor:
    """One block; on=0 drops the results of both layers altogether."""
    if norm == "pre":
        x = x + on * attend(weights, h, normed(weights, x, f"{name}norm1"), mask, f"{name}attn.")
        return x + on * feed(weights, normed(weights, x, f"{name}norm2"), f"{name}ffn.")
    x = normed(weights, x + on * attend(weights, h, x, mask, f"{name}attn."), f"{name}norm1")
    return normed(weights, x + on * feed(weights, x, f"{name}ffn."), f"{name}norm2")


def encode(weights: Weights, h: int, ids: Tensor, mask: Tensor | None, norm: str, on: float = 1.0) -> Tensor:
    """The encoder; without "positions.weight" nothing is added, and on=0 drops all that dropout can drop."""
    x = weights["embed.weight"][ids] * math.sqrt(weights["embed.weight"].shape[1])
    if "positions.weight" in weights:
        x = x + weights["positions.weight"][: ids.shape[1]]
    x, number = on * x, 0
    while f"blocks.{number}.norm1.weight" in weights:
        x = block(weights, h, x, mask, norm, f"blocks.{number}.", on)
        number += 1
    return normed(weights, x, "norm") if norm == "pre" else x


def torch_block(weights: Weights, h: int, x: Tensor, mask: Tensor | None, norm: str) -> Tensor:
    """torch's own layer with these weights."""
    d_ff, d = weights["ffn.up.weight"].shape
    layer = nn.TransformerEncoderLayer(d, h, d_ff, 0.0, batch_first=True, norm_first=norm == "pre", dtype=x.dtype)
    names = {"attn": "self_attn", "ffn.up": "linear1", "ffn.down": "linear2"}
    state = {}
    for name, value in weights.items():
        old = next((old for old in names if name.startswith(old)), "")
        state[names.get(old, "") + name.removeprefix(old)] = value
    layer.load_state_dict(state)
    return layer(x, src_key_padding_mask=None if mask is None else ~mask).detach()


# The student's side -------------------------------------------------------------------------------------------------

PARTS = """
class FFN(nn.Module):
    def __init__(self, d, d_ff, p=0.0):
        super().__init__()
        self.up, self.down, self.lose = nn.Linear(d, d_ff), nn.Linear(d_ff, d), nn.Dropout(p)

    def forward(self, x):
        return self.down(self.lose(F.relu(self.up(x))))

class EncoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0, norm="post"):
        super().__init__()
        if norm not in ("post", "pre"):
            raise ValueError(norm)
        self.attn, self.ffn = nn.MultiheadAttention(d, h, batch_first=True), FFN(d, d_ff, p)
        self.norm1, self.norm2, self.lose, self.kind = nn.LayerNorm(d), nn.LayerNorm(d), nn.Dropout(p), norm

    def forward(self, x, mask=None):
        steps = ((self.norm1, lambda y: self.attn(y, y, y, None if mask is None else ~mask)[0]), (self.norm2, self.ffn))
        for norm, layer in steps:
            x = x + self.lose(layer(norm(x))) if self.kind == "pre" else norm(x + self.lose(layer(x)))
        return x
"""
WITH_FFN = PARTS + "student.FFN = FFN"
WITH_BLOCK = PARTS + "student.FFN, student.EncoderBlock = FFN, EncoderBlock"


def with_right(fresh_submission: Any, parts: str) -> Any:
    """The submission with its earlier classes replaced by right ones, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(parts)
    return submission


def made(submission: Any, source: str, dtype: torch.dtype = F64, **values: Any) -> Any:
    """A module of the student, in this dtype."""
    module = submission.build(f"({source}).to(dtype)", dtype=dtype, **values)
    return compare.is_type(module, nn.Module, source.partition("(")[0].removeprefix("student."), "这个类的实例")


def shapes_of(module: Any) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in module.params().items()}


class Claim:
    """What the student's process says it ran."""

    def __init__(self, ops: Any) -> None:
        self.ops = ops


WATCHED = """
from torch.utils._python_dispatch import TorchDispatchMode

class Watch(TorchDispatchMode):
    ops = {}
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.ops[func._schema.name] = 1
        return func(*args, **(kwargs or {}))

with Watch(), torch.no_grad():
    result = module(x)
[result, Watch.ops]
"""

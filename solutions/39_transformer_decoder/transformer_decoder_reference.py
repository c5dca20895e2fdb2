"""What the hidden checks of transformer-decoder share: the block as a formula, weights for it, and networks to ask."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.made import tokens, translation
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
PAD, BOS, EOS = tokens.PAD, tokens.BOS, tokens.EOS
READY_MADE = {"nn.Transformer", "nn.TransformerDecoder", "nn.TransformerDecoderLayer"}
OUT = {"what": "the result", "zh": "结果"}
LOGITS = {"what": "the scores", "zh": "得分"}
NETWORK = ("what train_seq2seq returns", "train_seq2seq 的返回值")
BLOCK = "student.DecoderBlock(d, h, d_ff, p)"
Weights = dict[str, Tensor]

# The block ----------------------------------------------------------------------------------------------------------


def block_shapes(d: int, d_ff: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {
        "ffn.up.weight": (d_ff, d), "ffn.up.bias": (d_ff,), "ffn.down.weight": (d, d_ff), "ffn.down.bias": (d,)
    }  # fmt: skip
    for name in ("self_attn", "cross_attn"):
        shapes |= {f"{name}.in_proj_weight": (3 * d, d), f"{name}.in_proj_bias": (3 * d,)}
        shapes |= {f"{name}.out_proj.weight": (d, d), f"{name}.out_proj.bias": (d,)}
    for name in ("norm1", "norm2", "norm3"):
        shapes |= {f"{name}.weight": (d,), f"{name}.bias": (d,)}
    return shapes


def drawn(draw: Draw, shapes: dict[str, tuple[int, ...]], dtype: torch.dtype = F64) -> Weights:
    """Values of these shapes; matrices keep the size of what they multiply."""
    return {
        name: (1.5 / math.sqrt(shape[-1]) if len(shape) == 2 else 0.7) * draw.randn(*shape, dtype=dtype)
        for name, shape in shapes.items()
    }


def attend(weights: Weights, h: int, x: Tensor, other: Tensor, mask: Tensor | None, name: str) -> Tensor:
    """Multi-head attention of x (B, T, d) to other (B, S, d); the mask broadcasts to (B, h, T, S)."""
    rows, shift = weights[f"{name}.in_proj_weight"].chunk(3), weights[f"{name}.in_proj_bias"].chunk(3)
    q, k, v = (
        (given @ row.T + bias).unflatten(-1, (h, -1)).transpose(1, 2)
        for given, row, bias in zip((x, other, other), rows, shift, strict=True)
    )
    scores = q @ k.mT / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    merged = (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)
    return merged @ weights[f"{name}.out_proj.weight"].T + weights[f"{name}.out_proj.bias"]


def normed(weights: Weights, x: Tensor, name: str) -> Tensor:
    return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"])


def block(  # what a block needs
    weights: Weights,
    h: int,
    y: Tensor,
    memory: Tensor,
    tgt_mask: Tensor | None = None,
    memory_mask: Tensor | None = None,
    on: float = 1.0,
) -> Tensor:
    """One block; on=0 drops the results of all layers altogether."""
    across = None if memory_mask is None else memory_mask[:, None, None]
    y = normed(weights, y + on * attend(weights, h, y, y, tgt_mask, "self_attn"), "norm1")
    y = normed(weights, y + on * attend(weights, h, y, memory, across, "cross_attn"), "norm2")
    hidden = (y @ weights["ffn.up.weight"].T + weights["ffn.up.bias"]).clamp(min=0)
    return normed(weights, y + on * (hidden @ weights["ffn.down.weight"].T + weights["ffn.down.bias"]), "norm3")


def torch_block(  # the same arguments as block
    weights: Weights, h: int, y: Tensor, memory: Tensor, tgt_mask: Tensor | None, memory_mask: Tensor | None
) -> Tensor:
    """torch's own layer with these weights."""
    d_ff, d = weights["ffn.up.weight"].shape
    layer = nn.TransformerDecoderLayer(d, h, d_ff, 0.0, batch_first=True, dtype=y.dtype)
    names = {"cross_attn": "multihead_attn", "ffn.up": "linear1", "ffn.down": "linear2"}
    state = {}
    for name, value in weights.items():
        old = next((old for old in names if name.startswith(old)), "")
        state[names.get(old, "") + name.removeprefix(old)] = value
    layer.load_state_dict(state)
    masks = [None if mask is None else ~mask for mask in (tgt_mask, memory_mask)]
    return layer(y, memory, tgt_mask=masks[0], memory_key_padding_mask=masks[1]).detach()


def some_mask(draw: Draw, rows: int, columns: int) -> Tensor:
    """bool (rows, columns), at least one True in every row, at least one False if there is room for it."""
    mask = draw.uniform(0, 1, rows, columns) < 0.6
    mask[0, draw.size(0, columns - 1)] = False
    mask[torch.arange(rows), draw.integers(0, columns, rows)] = True
    mask[0, 0] |= ~mask[0].any()
    return mask


# Networks -----------------------------------------------------------------------------------------------------------

TRAINED = "student.train_seq2seq(src, tgt, V_in, V_out, steps, torch.Generator().manual_seed(seed))"
SCORES = "model.eval()\nwith torch.no_grad():\n    z = model(src, tgt_in)\nz"
SAID = f"""
model.eval()
said = torch.full((len(src), 1), {BOS})
with torch.no_grad():
    for _ in range(T):
        said = torch.cat([said, model(src, said)[:, -1].argmax(-1)[:, None]], 1)
said[:, 1:]
"""
WATCHED = """
calls, plain = [], student.Seq2Seq.forward

def watch(self, src, tgt_in):
    if self.training and torch.is_grad_enabled():
        calls.append([src.detach().clone(), tgt_in.detach().clone()])
    return plain(self, src, tgt_in)

student.Seq2Seq.forward = watch
try:
    student.train_seq2seq(src, tgt, V_in, V_out, steps, torch.Generator().manual_seed(seed))
finally:
    student.Seq2Seq.forward = plain
calls
"""
Examples = tuple[Tensor, Tensor, int, int]  # src, tgt, V_in, V_out


def backwards(count: int, length: int, symbols: int, draw: Draw) -> Examples:
    """Different sources; the target is the source backwards, every symbol replaced by the next one, and EOS."""
    pairs = tokens.reverse_next(2 * count, length, symbols, draw.new_generator())
    first = {tuple(row): number for number, row in enumerate(pairs.source.tolist())}
    rows = torch.tensor(sorted(first.values()))[:count]
    target = torch.cat([pairs.target[rows], torch.full((len(rows), 1), EOS)], 1)
    return pairs.source[rows], target, tokens.FIRST + symbols, tokens.FIRST + symbols


def sentences(count: int, draw: Draw) -> Examples:
    made = translation.translation(count, draw.new_generator())
    return made.source_ids, made.target_ids, len(translation.SOURCE_WORDS), len(translation.TARGET_WORDS)


def trained(submission: Any, examples: Examples, steps: int, seed: int) -> Any:
    src, tgt, V_in, V_out = examples
    model = submission.build(TRAINED, src=src, tgt=tgt, V_in=V_in, V_out=V_out, steps=steps, seed=seed)
    return compare.is_type(model, nn.Module, *NETWORK)


def asked(submission: Any, model: Any, src: Tensor, tgt_in: Tensor, V_out: int) -> Tensor:
    """The network's scores (B, T, V_out), known to be finite."""
    got = submission.build(SCORES, model=model, src=src, tgt_in=tgt_in)
    return compare.finite(compare.tensor(got, shape=(*tgt_in.shape, V_out), dtype=F32, **LOGITS), **LOGITS).detach()


def exact(submission: Any, model: Any, src: Tensor, tgt: Tensor) -> float:
    """The share of sources that are said right from the first word to EOS, word by word, always the best one."""
    said = submission.build(SAID, model=model, src=src, T=tgt.shape[1])
    said = compare.tensor(said, shape=tuple(tgt.shape), dtype=torch.int64, what="what was said", zh="说出的句子")
    return ((said == tgt) | (tgt == PAD)).all(1).double().mean().item()

"""What the hidden checks of topic 15 share: random networks, the right passes on this side of the wall, right parts for
the sandbox, forbidden names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
ACTS = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
AUTOGRAD = {
    "torch.autograd.*", "torch.func.*", "torch.gradient", "torch.enable_grad", ".backward", ".grad", ".requires_grad_",
    "functorch.*", "numpy.*", "scipy.*",
}  # fmt: skip
LAYERS = {"nn.*", "F.linear", "F.bilinear", "torch.optim.*"}
Net = tuple[list[Tensor], list[Tensor]]

# In a sandbox of its own, so that a wrong activation is blamed once: task 1 right, and for training tasks 2 and 3, too.
RIGHT_ACTIVATIONS = """
student.relu, student.sigmoid, student.tanh = torch.relu, torch.sigmoid, torch.tanh
student.drelu = lambda x: (x > 0).to(x.dtype)
student.dsigmoid = lambda x: torch.sigmoid(x) * (1 - torch.sigmoid(x))
student.dtanh = lambda x: 1 - torch.tanh(x) ** 2
"""
RIGHT_PASSES = """
acts = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}

def forward(x, Ws, bs, act):
    cache, z = [x], x @ Ws[0] + bs[0]
    for W, b in zip(Ws[1:], bs[1:]):
        cache.append(z)
        z = acts[act](z) @ W + b
    return z, cache

def backward(dlogits, Ws, cache, act):
    dWs, dbs, d = [], [], dlogits
    for i in reversed(range(len(Ws))):
        a = acts[act](cache[i]) if i else cache[0]
        dWs, dbs, d = [a.T @ d, *dWs], [d.sum(0), *dbs], d @ Ws[i].T
        if i:
            d = d * {"relu": (a > 0).to(a.dtype), "sigmoid": a * (1 - a), "tanh": 1 - a * a}[act]
    return dWs, dbs, d

student.mlp_forward, student.mlp_backward = forward, backward
"""


def with_right_activations(fresh_submission: Any) -> Any:
    submission = fresh_submission()
    submission.build(RIGHT_ACTIVATIONS)
    return submission


def with_right_passes(fresh_submission: Any) -> Any:
    submission = with_right_activations(fresh_submission)
    submission.build(RIGHT_PASSES)
    return submission


def network(draw: Draw, widths: Sequence[int], dtype: torch.dtype = F64) -> Net:
    """Weights of size 1 / sqrt(rows) and biases that matter."""
    pairs = list(pairwise(widths))
    Ws = [draw.randn(rows, columns, dtype=dtype) / rows**0.5 for rows, columns in pairs]
    return Ws, [draw.randn(columns, dtype=dtype) for _, columns in pairs]


def forward(x: Tensor, Ws: Sequence[Tensor], bs: Sequence[Tensor], act: str) -> tuple[Tensor, list[Tensor]]:
    """The logits and [x, z_1, ..., z_{L-1}]."""
    cache, z = [x], x @ Ws[0] + bs[0]
    for W, b in zip(Ws[1:], bs[1:], strict=True):
        cache.append(z)
        z = ACTS[act](z) @ W + b
    return z, cache


def gradients_of(
    dlogits: Tensor, x: Tensor, Ws: Sequence[Tensor], bs: Sequence[Tensor], act: str
) -> tuple[list[Tensor], list[Tensor], Tensor]:
    """dWs, dbs and dx by autograd, on this side of the wall."""
    count = len(Ws)
    leaves = [t.detach().clone().requires_grad_() for t in (*Ws, *bs, x)]
    logits, _ = forward(leaves[-1], leaves[:count], leaves[count:-1], act)
    grads = torch.autograd.grad(logits, leaves, dlogits)
    return list(grads[:count]), list(grads[count:-1]), grads[-1]


def chain(got: Any, widths: Sequence[int], dtype: torch.dtype) -> Net:
    """A result (Ws, bs) of a student, known to be two lists of tensors that fit `widths`."""
    Ws, bs = compare.items(got, 2)
    Ws = compare.items(Ws, len(widths) - 1, list, "the list of weights", "权重列表")
    bs = compare.items(bs, len(widths) - 1, list, "the list of biases", "偏置列表")
    for rows, columns, W, b in zip(widths, widths[1:], Ws, bs, strict=False):
        compare.tensor(W, shape=(rows, columns), dtype=dtype, what="a weight", zh="权重")
        compare.tensor(b, shape=(columns,), dtype=dtype, what="a bias", zh="偏置")
    return Ws, bs

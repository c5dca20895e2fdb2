"""What the hidden checks of topic 22 share: statistics of a mask, and a network whose parameters are known."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
Theta = list[tuple[Tensor, Tensor]]  # weight (out, in) and bias (out,) of every layer

READY_MADE = {
    "F.dropout", "F.dropout1d", "F.dropout2d", "F.dropout3d", "F.alpha_dropout", "F.feature_alpha_dropout",
    "F.scaled_dot_product_attention", "torch.dropout", "torch.dropout_", "torch.feature_dropout", "torch.alpha_dropout",
    "torch.feature_alpha_dropout", "torch.native_dropout", "nn.Dropout", "nn.Dropout1d", "nn.Dropout2d", "nn.Dropout3d",
    "nn.AlphaDropout", "nn.FeatureAlphaDropout", "nn.modules.dropout.*",
}  # fmt: skip


def nonzero(draw: Draw, *shape: int, dtype: torch.dtype = F64) -> Tensor:
    """Numbers of both signs, none of them close to 0, so that a 0 in the result was dropped."""
    size = draw.uniform(0.5, 2.0, *shape)
    return torch.where(draw.uniform(0, 1, *shape) < 0.5, size, -size).to(dtype)


def close_to(found: float, expected: float, variance: float, en: str, zh: str, errors: float = 5.0) -> None:
    """Within `errors` standard errors; `variance` is that of `found`."""
    compare.require(abs(found - expected) <= errors * math.sqrt(variance) + 1e-9, en, zh, reason="statistics")


def spread(dropped: Tensor, p: float, dim: int) -> float:
    """How unusual the numbers of dropped entries per slice along `dim` are: a chi-square, as a standard normal value.
    Large: whole slices fall together. Very negative: every slice loses the same number."""
    counts = dropped.movedim(dim, 0).flatten(1).double()
    slices, size = counts.shape
    chi = ((counts.sum(1) - size * p) ** 2).sum().item() / (size * p * (1 - p))
    middle, width = 1 - 2 / (9 * slices), math.sqrt(2 / (9 * slices))
    return float(((chi / slices) ** (1 / 3) - middle) / width)


def neighbours(dropped: Tensor, p: float, dim: int) -> float:
    """How unusual the number of neighbours along `dim` that both fell is, as a standard normal value."""
    count = dropped.shape[dim] - 1
    both = (dropped.narrow(dim, 0, count) & dropped.narrow(dim, 1, count)).double()
    variance = (p**2 * (1 - p**2) + 2 * p**3 * (1 - p)) / both.numel()
    return float((both.mean().item() - p**2) / math.sqrt(variance))


PARTS = """
old = vars(student).get("dropout")
def right(x, p, training, generator=None):
    if not training:
        return x
    keep = torch.rand(x.shape, dtype=torch.float64, generator=generator) < 1.0 - p
    return torch.where(keep, x, torch.zeros_like(x)) / (1.0 - p if p < 1.0 else 1.0)
student.dropout = right
old
"""


def right_dropout(test: Callable[..., None]) -> Callable[..., None]:
    """The check with a right dropout in the student's module, so that a mistake in the student's own is blamed once."""

    @functools.wraps(test)
    def run(submission: Any, **fixtures: Any) -> None:
        old = submission.build(PARTS)
        try:
            test(submission=submission, **fixtures)
        finally:
            submission.build("student.dropout = old", old=old)

    return run


def network(submission: Any, dims: tuple[int, ...], p: list[float], dtype: torch.dtype = F64) -> Any:
    """The student's DropoutMLP with parameters of that dtype."""
    model = submission.DropoutMLP(list(dims), p)
    compare.is_type(model, nn.Module, "DropoutMLP(...)", "DropoutMLP(...)")
    if dtype is F64:
        model.double()
    return model


def parameters(model: Any, dims: tuple[int, ...]) -> tuple[Theta, list[tuple[str, str]]]:
    """Copies of weight and bias of every layer, and their names. The sizes in `dims` are all different, so the shapes
    tell which is which."""
    compare.is_type(model, nn.Module, "the model", "模型")
    by_shape = {tuple(value.shape): name for name, value in model.params().items()}
    found = {name: value.detach() for name, value in model.params().items()}
    layers = list(zip(dims[1:], dims, strict=False))
    complete = len(found) == 2 * len(layers) and all(
        shape in by_shape for out, before in layers for shape in ((out, before), (out,))
    )
    compare.require(
        complete,
        "the parameters of the module should be one weight (out, in) and one bias (out,) per layer, as those of"
        " nn.Linear. Does the module know all of its layers?",
        "模块的参数应当是每层一个权重 (out, in) 和一个偏置 (out,)，与 nn.Linear 相同。模块知道它所有的层吗？",
        reason="shape",
    )
    names = [(by_shape[out, before], by_shape[(out,)]) for out, before in layers]
    return [(found[weight], found[bias]) for weight, bias in names], names


def forward(theta: Theta, x: Tensor, keep: list[Tensor] | None = None) -> Tensor:
    """The logits by hand; `keep` holds what multiplies each hidden layer: the mask over 1 - p."""
    for number, (weight, bias) in enumerate(theta[:-1]):
        x = (x @ weight.T + bias).clamp(min=0)
        if keep is not None:
            x = x * keep[number]
    return x @ theta[-1][0].T + theta[-1][1]


def logits(model: Any, x: Tensor, classes: int, what: str = "the logits", zh: str = "logits") -> Tensor:
    """model(x), known to be a tensor of the right shape."""
    got: Tensor = compare.tensor(model(x), shape=(len(x), classes), dtype=x.dtype, what=what, zh=zh)
    return compare.finite(got, what, zh).detach()

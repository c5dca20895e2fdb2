"""What the hidden checks of topic 11 share: scores with targets, shapes that don't fit, the fit, what is
forbidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
SIGMOIDS = {
    "torch.sigmoid", "torch.special.expit", "F.sigmoid", "F.logsigmoid", "F.silu", "F.glu", "nn.Sigmoid",
    "nn.LogSigmoid", "nn.SiLU", "nn.GLU", "torch.special.log_ndtr", "torch.distributions.*", "scipy.*",
    "torch.sigmoid_", "torch.nn.modules.activation.*",
}  # fmt: skip
SIGMOID_OPERATIONS = {"aten::sigmoid", "aten::special_expit", "aten::log_sigmoid_forward", "aten::silu", "aten::glu"}
LOSSES = {
    "F.binary_cross_entropy", "F.binary_cross_entropy_with_logits", "F.multilabel_soft_margin_loss",
    "F.soft_margin_loss", "torch.binary_cross_entropy_with_logits", "nn.BCELoss", "nn.BCEWithLogitsLoss",
    "nn.MultiLabelSoftMarginLoss", "nn.SoftMarginLoss", "F.cross_entropy", "nn.CrossEntropyLoss",
    "torch.nn.modules.loss.*", "torch.distributions.*", "scipy.*",
}  # fmt: skip
LOSS_OPERATIONS = {
    "aten::binary_cross_entropy", "aten::binary_cross_entropy_with_logits", "aten::soft_margin_loss",
    "aten::nll_loss_forward", "aten::cross_entropy_loss",
}  # fmt: skip
AUTOGRAD = {
    "torch.autograd.*", "torch.func.*", "torch.gradient", "torch.enable_grad", ".backward", ".grad", ".requires_grad_",
    "torch.inference_mode", "functorch.*", "numpy.*", "scipy.*",
}  # fmt: skip
MISFITS = (((4, 1), (4,)), ((4,), (4, 1)), ((4,), (1,)), ((1,), (4,)), ((3, 2), (2, 3)), ((3, 2), (2,)), ((3,), ()))
CORNERS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=F64)


def coins(draw: Draw, *shape: int, dtype: torch.dtype = F64) -> Tensor:
    """Targets 0 and 1."""
    return draw.integers(0, 2, *shape).to(dtype)


def answers(draw: Draw, number: int, *shape: int) -> tuple[Tensor, Tensor]:
    """Scores and targets 0 or 1 of one shape."""
    dtype = float_type(number // 3)
    z = draw.layout(3 * draw.randn(*shape, dtype=dtype), number)
    return z, draw.layout(coins(draw, *shape, dtype=dtype), number // 2)


def bce(z: Tensor, t: Tensor, pos_weight: float = 1.0) -> Tensor:
    return F.binary_cross_entropy_with_logits(z, t, pos_weight=torch.tensor(pos_weight, dtype=z.dtype))


def pulls(z: Tensor, t: Tensor) -> Tensor:
    """The gradient of the mean loss with respect to the scores."""
    return (torch.sigmoid(z) - t) / z.numel()


def refuses(fn: Callable[..., Any], draw: Draw, shapes: tuple[Any, ...]) -> None:
    for one, other in shapes:
        compare.raises(ValueError, fn, draw.randn(*one), coins(draw, *other))


def without_losses(submission: Any, name: str, z: Tensor, t: Tensor) -> None:
    """Two guards: the names in the source, and the operations that ran (a claim, but it sees through spellings)."""
    source_rules.forbid_names(submission.source, LOSSES, within=name)
    source_rules.forbid_ops(submission.observe(name, z, t), LOSS_OPERATIONS)


def exact_when_large(loss: Callable[..., Any], draw: Draw, make: Callable[..., Tensor]) -> None:
    """Value and gradient where s(z) is 0 or 1 in floating point. `make(values)` brings them into shape."""
    for dtype, far in ((F64, 800.0), (F32, 120.0), (F64, 5000.0), (F32, 1000.0)):
        for right in (0.0, 1.0):
            values = torch.tensor([far, -far, far + 11, 0.5, -far / 2, 40.0], dtype=dtype)[draw.permutation(6)]
            z, t = make(values), make(torch.full((6,), right, dtype=dtype))
            compare.same(loss(z, t), bce(z, t), what="the loss", zh="损失")
            (slope,) = gradients.of(lambda z, t=t: loss(z, t), z)
            compare.same(slope, pulls(z, t), what="the gradient", zh="梯度")


def right_at_zero(loss: Callable[..., Any], draw: Draw, make: Callable[..., Tensor]) -> None:
    for dtype in (F64, F32):
        values = torch.tensor([0.0, 0.0, 1.5, -0.5, 0.0, 2.0], dtype=dtype)[draw.permutation(6)]
        z, t = make(values), make(coins(draw, 6, dtype=dtype))
        compare.same(loss(z, t), bce(z, t), what="the loss", zh="损失")
        (slope,) = gradients.of(lambda z, t=t: loss(z, t), z)
        compare.same(slope, pulls(z, t), what="the gradient", zh="梯度")


def fitted(X: Tensor, t: Tensor, lr: float, epochs: int, correction: int = 0) -> tuple[Tensor, Tensor]:
    """Descent on standardised features from zero, told in the units of X; calculated in float64."""
    raw, target = X.double(), t.double()
    mean, spread = raw.mean(0), raw.std(0, correction=correction)
    spread = torch.where(raw.amax(0) > raw.amin(0), spread, 1.0)
    Z = (raw - mean) / spread
    v, c = torch.zeros(X.shape[1], dtype=F64), torch.zeros((), dtype=F64)
    for _ in range(epochs):
        gap = pulls(Z @ v + c, target)
        v, c = v - lr * gap @ Z, c - lr * gap.sum()
    w = v / spread
    return w.to(X.dtype), (c - w @ mean).to(X.dtype)


def same_fit(got: Any, X: Tensor, t: Tensor, lr: float, epochs: int) -> None:
    """(w, b) as by the formula, with either standard deviation."""
    w, b = compare.items(got, 2, tuple, "the result", "结果")
    w = compare.tensor(w, shape=(X.shape[1],), dtype=X.dtype, what="w", zh="w").detach()
    b = compare.tensor(b, shape=(), dtype=X.dtype, what="b", zh="b").detach()
    wants = [fitted(X, t, lr, epochs, correction) for correction in (0, 1)]
    want = min(wants, key=lambda pair: float((pair[0] - w).abs().nan_to_num(1e9).sum()))
    compare.same(w, want[0], what="w", zh="w", scale=10)
    compare.same(b, want[1], what="b", zh="b", scale=100)


def xor_points(draw: Draw, each: int) -> tuple[Tensor, Tensor]:
    """`each` points around every corner of the unit square, shuffled, and 1 where exactly one coordinate is near 1."""
    order = draw.permutation(4 * each)
    corner = CORNERS.repeat(each, 1)[order]
    return corner + draw.uniform(-0.1, 0.1, 4 * each, 2), (corner[:, 0] != corner[:, 1]).double()

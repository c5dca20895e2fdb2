"""What the hidden checks of topic 28 share: modules with known numbers in them, and what they should compute. The
reference is torch's own batch_norm and layer_norm, on this side of the wall."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
NAMES = ("gamma", "beta", "running_mean", "running_var")
READY_MADE = {
    "F.batch_norm", "F.layer_norm", "F.group_norm", "F.instance_norm", "F.rms_norm", "F.local_response_norm",
    "F.normalize", "torch.batch_norm", "torch.layer_norm", "torch.group_norm", "torch.instance_norm", "torch.rms_norm",
    "torch.native_batch_norm", "torch.native_layer_norm", "torch.native_group_norm", "torch.cudnn_batch_norm",
    "torch.batch_norm_stats", "torch.batch_norm_elemt", "torch.batch_norm_update_stats", "torch.native_norm",
    "torch.batch_norm_gather_stats", "torch.batch_norm_backward_reduce", "torch.batch_norm_backward_elemt",
    "nn.BatchNorm1d", "nn.BatchNorm2d", "nn.BatchNorm3d", "nn.SyncBatchNorm", "nn.LazyBatchNorm1d",
    "nn.LazyBatchNorm2d", "nn.LazyBatchNorm3d", "nn.LayerNorm", "nn.GroupNorm", "nn.RMSNorm", "nn.InstanceNorm1d",
    "nn.InstanceNorm2d", "nn.InstanceNorm3d", "nn.modules.batchnorm.*", "nn.modules.normalization.*",
    "nn.modules.instancenorm.*",
}  # fmt: skip
OPERATIONS = {
    "aten::native_batch_norm", "aten::_native_batch_norm_legit", "aten::native_layer_norm", "aten::native_group_norm",
    "aten::_batch_norm_impl_index", "aten::_batch_norm_with_update", "aten::_fused_rms_norm", "aten::batch_norm",
    "aten::layer_norm", "aten::group_norm",
}  # fmt: skip

FILL = """
with torch.no_grad():
    for name, value in values.items():
        getattr(norm, name).copy_(value)
norm
"""


def values_of(draw: Draw, d: int, dtype: torch.dtype = F64) -> dict[str, Tensor]:
    """Numbers for the four attributes, none of them close to where it starts."""
    return {
        "gamma": draw.uniform(0.5, 2.0, d, dtype=dtype) * (2 * draw.integers(0, 2, d) - 1),
        "beta": 2 * draw.randn(d, dtype=dtype),
        "running_mean": 3 * draw.randn(d, dtype=dtype),
        "running_var": draw.uniform(0.3, 4.0, d, dtype=dtype),
    }


def module(submission: Any, d: int, dtype: torch.dtype, **options: float) -> Any:
    """The student's BatchNorm(d), known to be a module, with parameters of that dtype."""
    norm = compare.is_type(submission.BatchNorm(d, **options), nn.Module, "BatchNorm(...)", "BatchNorm(...)")
    return norm.double() if dtype is F64 else norm


def filled(submission: Any, values: dict[str, Tensor], **options: float) -> Any:
    """The student's BatchNorm with these numbers in its attributes."""
    gamma = values["gamma"]
    norm = module(submission, len(gamma), gamma.dtype, **options)
    for name in NAMES:
        attribute(norm, name, len(gamma), gamma.dtype)
    norm = submission.build(FILL, norm=norm, values=values)
    return compare.is_type(norm, nn.Module, "BatchNorm(...)", "BatchNorm(...)")


def attribute(norm: Any, name: str, d: int, dtype: torch.dtype) -> Tensor:
    got: Tensor = compare.tensor(getattr(norm, name), shape=(d,), dtype=dtype, what=name, zh=name)
    return got.detach()


def running(norm: Any, values: dict[str, Tensor]) -> None:
    """The running statistics are those in `values`."""
    for name in NAMES[2:]:
        got = attribute(norm, name, len(values[name]), values[name].dtype)
        compare.same(got, values[name], what=name, zh=name)


def expected(x: Tensor, values: dict[str, Tensor], train: bool, momentum: float = 0.1, eps: float = 1e-5) -> Tensor:
    """What BatchNorm should return; in training mode the running statistics in `values` move along."""
    stats = (values["running_mean"], values["running_var"])
    return F.batch_norm(x, *stats, values["gamma"], values["beta"], train, momentum, eps)


def result(norm: Any, x: Tensor) -> Tensor:
    """norm(x), known to be of the shape and dtype of x."""
    got: Tensor = compare.tensor(norm(x), shape=tuple(x.shape), dtype=x.dtype)
    return got.detach()


def not_over_one_less(got: Tensor, want: Tensor, one_less: Tensor) -> None:
    """Name the most frequent mistake: the values of a variance over N - 1. `got` has the shape of `want`."""
    wrong = not torch.allclose(got, want, 1e-4, 1e-5) and torch.allclose(got, one_less, 1e-4, 1e-5)
    compare.require(
        not wrong,
        "the variance was divided by N - 1; here the values are divided by the root of the one over N.",
        "方差除以了 N - 1；而规范化时用的是除以 N 的方差。",
        reason="value",
    )


RIGHT = """
class BatchNorm(nn.Module):
    def __init__(self, d, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.gamma, self.beta = nn.Parameter(torch.ones(d)), nn.Parameter(torch.zeros(d))
        self.register_buffer("running_mean", torch.zeros(d))
        self.register_buffer("running_var", torch.ones(d))

    def forward(self, x):
        stats = (self.running_mean, self.running_var)
        return F.batch_norm(x, *stats, self.gamma, self.beta, self.training, self.momentum, self.eps)

old = vars(student).get("BatchNorm")
student.BatchNorm = BatchNorm
old
"""


def right_batch_norm(test: Callable[..., None]) -> Callable[..., None]:
    """The check with a right BatchNorm in the student's module: a mistake in the student's own is blamed once."""

    @functools.wraps(test)
    def run(submission: Any, **fixtures: Any) -> None:
        old = submission.build(RIGHT)
        try:
            test(submission=submission, **fixtures)
        finally:
            submission.build("student.BatchNorm = old", old=old)

    return run

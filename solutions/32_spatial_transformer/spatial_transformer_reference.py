"""What the hidden checks of topic 32 share: torch's own grids and sampling on this side of the wall, the rules about
what may be used, and right functions to put into the student's module where its layer is judged."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare
from autograder.checks.describing import is_tensor
from autograder.checks.feedback import CheckFailure, differs
from autograder.model.text import Text

F32, F64 = torch.float32, torch.float64
READY_MADE = {
    "F.affine_grid", "F.grid_sample", "F.interpolate", "F.upsample", "F.upsample_bilinear", "nn.Upsample",
    "nn.UpsamplingBilinear2d", "torch.grid_sampler", "torch.grid_sampler_2d", "torch.affine_grid_generator",
    "torch.nn.modules.upsampling.*", "torch.cudnn_grid_sampler", "torch.cudnn_affine_grid_generator",
    "torch._grid_sampler_2d_cpu_fallback", "scipy.*", "torchvision.*",
}  # fmt: skip
OPERATIONS = {
    "aten::affine_grid_generator", "aten::grid_sampler", "aten::grid_sampler_2d", "aten::upsample_bilinear2d",
    "aten::upsample_nearest2d", "aten::_upsample_bilinear2d_aa", "aten::_grid_sampler_2d_cpu_fallback",
    "aten::cudnn_grid_sampler", "aten::cudnn_affine_grid_generator",
}  # fmt: skip


def grid_of(theta: Tensor, height: int, width: int, corners: bool = False) -> Tensor:
    return F.affine_grid(theta, [len(theta), 1, height, width], align_corners=corners)


def sample_of(x: Tensor, grid: Tensor, **how: Any) -> Tensor:
    return F.grid_sample(x, grid, align_corners=how.pop("align_corners", False), **how)


def same_or_told(got: Any, want: Tensor, *ideas: tuple[Text, Tensor], scale: float = 1.0) -> None:
    """compare.same; if it fails and the result is one of the typical wrong ones, say which."""
    try:
        compare.same(got, want, scale=scale)
    except CheckFailure as failure:
        for text, other in ideas:
            alike = is_tensor(got) and got.dtype == other.dtype and got.shape == other.shape
            if alike and differs(got.detach(), other, 1e-3, 1e-5) is None:
                raise CheckFailure(failure.summary + text, failure.values, reason=failure.reason) from None
        raise


RIGHT = """
def affine_grid(theta, H, W):
    x, y = ((2 * torch.arange(size, dtype=theta.dtype) + 1) / size - 1 for size in (W, H))
    places = torch.stack([x.expand(H, W), y[:, None].expand(H, W), torch.ones(H, W, dtype=theta.dtype)], -1)
    return (places[None, :, :, None] * theta[:, None, None]).sum(-1)

old = [vars(student).get("affine_grid"), vars(student).get("grid_sample")]
student.affine_grid = affine_grid
student.grid_sample = lambda x, grid: F.grid_sample(x, grid, align_corners=False)
old
"""
BACK = "student.affine_grid, student.grid_sample = old"


def right_sampling(test: Callable[..., None]) -> Callable[..., None]:
    """The check with a right grid and right sampling in the student's module: mistakes in them are blamed once."""

    @functools.wraps(test)
    def run(submission: Any, **fixtures: Any) -> None:
        old = submission.build(RIGHT)
        try:
            test(submission=submission, **fixtures)
        finally:
            submission.build(BACK, old=old)

    return run

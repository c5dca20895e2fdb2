"""What the hidden checks of topic 29 share: inputs, torch's own convolution as the reference, what is forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.describing import is_tensor
from autograder.checks.feedback import CheckFailure, differs
from autograder.checks.seeding import Draw, float_type
from autograder.model.text import Text

F64, F32 = torch.float64, torch.float32
REFUSED = (ValueError, RuntimeError)  # torch itself raises RuntimeError where shapes do not fit
_LAYERS = [f"{name}{n}d" for name in ("Conv", "ConvTranspose", "LazyConv", "LazyConvTranspose") for n in (1, 2, 3)]
_FUNCTIONS = [f"conv{kind}{n}d" for kind in ("", "_transpose") for n in (1, 2, 3)]
READY_MADE = {
    *(f"torch.{name}" for name in _FUNCTIONS), *(f"F.{name}" for name in _FUNCTIONS),
    *(f"nn.{name}" for name in _LAYERS),
    "torch.conv_tbc", "F.conv_tbc", "torch.convolution", "torch.mkldnn_convolution", "torch.cudnn_convolution",
    "F.unfold", "F.fold", "nn.Unfold", "nn.Fold", "torch.nn.grad.*", "torch.nn.modules.*", "torch.nn.quantized.*",
    "torch.nn.qat.*", "torch.nn.intrinsic.*", "torch.ao.*", "torch.im2col", "torch.col2im", "scipy.*",
}  # fmt: skip
OPERATIONS = {
    "aten::convolution", "aten::convolution_overrideable", "aten::convolution_backward", "aten::conv1d", "aten::conv2d",
    "aten::conv3d", "aten::conv_transpose1d", "aten::conv_transpose2d", "aten::conv_transpose3d", "aten::conv_tbc",
    "aten::im2col", "aten::col2im", "aten::thnn_conv2d", "aten::_slow_conv2d_forward", "aten::slow_conv3d_forward",
    "aten::slow_conv_transpose2d", "aten::slow_conv_dilated2d", "aten::mkldnn_convolution", "aten::cudnn_convolution",
    "aten::_conv_depthwise2d", "aten::_nnpack_spatial_convolution", "aten::_convolution", "aten::_convolution_mode",
}  # fmt: skip
# torch's own functions in the place of the student's, so that no mistake is blamed twice
PARTS = """
def conv2d(x, w, b=None, stride=1, padding=0):
    return F.conv2d(x, w, b, stride, padding)
def corr2d(x, k):
    return F.conv2d(x[None, None], k[None, None])[0, 0]
student.conv2d, student.corr2d = conv2d, corr2d
"""


@dataclass(frozen=True)
class Case:
    """Images, kernels and how they meet; x, w and b are all leaves of nothing."""

    x: Tensor
    w: Tensor
    b: Tensor | None
    stride: int
    padding: int

    def want(self) -> Tensor:
        return F.conv2d(self.x, self.w, self.b, self.stride, self.padding)


def case(draw: Draw, number: int, *, stride: int = 1, padding: int = 0) -> Case:
    """Every size different, kernels wide and tall, with and without bias."""
    dtype = float_type(number)
    n, channels, outputs = draw.sizes(3, 1, 5)
    h, w = draw.sizes(2, 1, 4)
    height, width = draw.sizes(2, 5, 9)
    x = draw.layout(draw.randn(n, channels, height, width, dtype=dtype), number)
    kernels = draw.layout(draw.randn(outputs, channels, h, w, dtype=dtype), number // 2)
    b = None if number % 3 == 2 else draw.randn(outputs, dtype=dtype)
    return Case(x, kernels, b, stride, padding)


def with_right_parts(fresh_submission: Any) -> Any:
    """The submission with its own corr2d and conv2d replaced by right ones."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def from_scratch(submission: Any, name: str, *seen: Any) -> None:
    """Two guards: the names in the source, and the operations that ran (a claim, but it sees through spellings)."""
    source_rules.forbid_names(submission.source, READY_MADE, within=name)
    for one in seen:
        source_rules.forbid_ops(one, OPERATIONS)


def same_or_told(got: Any, want: Tensor, ideas: Sequence[tuple[Text, Tensor]], **how: Any) -> None:
    """compare.same; if it fails and the result is one of the typical wrong ones, say which."""
    try:
        compare.same(got, want, **how)
    except CheckFailure as failure:
        for text, other in ideas:
            alike = is_tensor(got) and got.dtype == other.dtype and got.shape == other.shape
            if alike and differs(got.detach(), other, 1e-3, 1e-5) is None:
                raise CheckFailure(failure.summary + text, failure.values, reason=failure.reason) from None
        raise


TURNED = Text(
    " It would be right for a kernel turned by 180 degrees: here the kernel is used as it stands.",
    "如果把核旋转 180 度，它就是对的：这里的核应当原样使用。",
)
FIRST_CHANNEL = Text(" Only the first channel of x has been used.", "只用到了 x 的第一个通道。")
NO_BIAS = Text(" It would be right without the bias.", "如果没有偏置，它就是对的。")


def same_conv(got: Any, one: Case) -> None:
    """The result of conv2d for this case; a turned kernel, one channel and a missing bias are recognised."""
    other = [
        (TURNED, F.conv2d(one.x, one.w.flip(2, 3), one.b, one.stride, one.padding)),
        (FIRST_CHANNEL, F.conv2d(one.x[:, :1], one.w[:, :1], one.b, one.stride, one.padding)),
        (NO_BIAS, F.conv2d(one.x, one.w, None, one.stride, one.padding)),
    ]
    same_or_told(got, one.want(), other)

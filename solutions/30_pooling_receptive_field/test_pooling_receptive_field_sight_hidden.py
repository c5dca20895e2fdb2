"""Hidden checks of pooling-receptive-field: receptive fields by formula and by gradient."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

F64, F32 = torch.float64, torch.float32
Layers = list[tuple[int, int]]


# receptive_field ------------------------------------------------------------------------------------------------------


def seen_from(layers: Layers) -> int:
    """Traced back, not calculated: from one number at the top down to all the pixels that it can see."""
    seen = {0}
    for k, stride in reversed(layers):
        seen = {place * stride + a for place in seen for a in range(k)}
    return max(seen) - min(seen) + 1


def same_field(submission: Any, layers: Layers) -> None:
    compare.equal(submission.receptive_field(layers), seen_from(layers), what="the receptive field", zh="感受野")


@check(
    "receptive_field.stride_one",
    hint="Without strides every layer adds the same to the field, whatever stands before it: how much?",
    zh="步幅都为 1 时，每一层给感受野增加的量与前面无关：增加多少？",
)
def test_layers_without_strides(submission: Any, draw: Draw) -> None:
    for count in (1, 2, 3, 5, 9):
        same_field(submission, [(draw.size(1, 7), 1) for _ in range(count)])
    for depth in range(1, 6):
        same_field(submission, [(3, 1)] * depth)


@check(
    "receptive_field.with_stride",
    hint="Behind a stride of 2, neighbours are 2 pixels apart. A layer is counted in the steps of those before it.",
    zh="经过步幅 2 之后，相邻的数相距 2 个像素。每一层都要按它前面各层的步长来计。",
)
def test_layers_with_strides(submission: Any, draw: Draw) -> None:
    for number in range(24):
        layers = [(draw.size(1, 5), draw.size(1, 3)) for _ in range(1 + number % 6)]
        same_field(submission, layers)


@check(
    "receptive_field.order",
    hint="Whether the stride comes before or after the large window makes a difference; the last stride makes none.",
    zh="步幅在大窗口之前还是之后，结果不同；最后一层的步幅则没有影响。",
)
def test_the_first_layer_comes_first(submission: Any, draw: Draw) -> None:
    for k in draw.sizes(3, 2, 7):
        for layers in ([(k, 1), (1, 4)], [(1, 4), (k, 1)], [(k, 3)], [(2, 2), (k, 5)], [(k, 5), (2, 2), (3, 1)]):
            same_field(submission, layers)


@check(
    "receptive_field.empty",
    hint="Without layers a pixel sees itself.",
    zh="没有任何层时，一个像素看到它自己。",
)
def test_no_layers_at_all(submission: Any) -> None:
    compare.equal(submission.receptive_field([]), 1, what="the receptive field", zh="感受野")
    compare.equal(submission.receptive_field([(1, 3), (1, 2)]), 1, what="the receptive field", zh="感受野")


@check("receptive_field.input_unchanged", hint="The list belongs to the caller.", zh="列表是调用者的，不可改动。")
def test_the_list_of_layers_stays(submission: Any, draw: Draw) -> None:
    layers = [(draw.size(2, 5), draw.size(1, 3)) for _ in range(4)]
    seen = submission.observe("receptive_field", layers)
    compare.is_type(seen.result, int)
    compare.unchanged(layers, seen.args[0], "layers")


# empirical_rf ---------------------------------------------------------------------------------------------------------

# built the same way on both sides: convolutions with the given weights, perhaps behind a mask, perhaps with ReLUs
MODEL = """
class Masked(nn.Module):
    def __init__(self, mask):
        super().__init__()
        self.mask = mask
    def forward(self, x):
        return x * self.mask

parts = [] if mask is None else [Masked(mask)]
for weight, stride, padding, dilation in layers:
    conv = nn.Conv2d(weight.shape[1], weight.shape[0], tuple(weight.shape[2:]), stride, padding, dilation)
    conv = conv.to(weight.dtype).requires_grad_(not frozen)
    with torch.no_grad():
        conv.weight.copy_(weight)
        conv.bias.fill_(0.1)
    parts += [conv, nn.ReLU()] if relu else [conv]
model = nn.Sequential(*parts)
"""
ASKED = MODEL + """
found = student.empirical_rf(model, H)
[found, [p.grad is None for p in model.parameters()], [p.requires_grad for p in model.parameters()]]
"""  # fmt: skip


@dataclass(frozen=True)
class Stack:
    """What MODEL is built from; each layer is (weight, stride, padding, dilation)."""

    layers: list[tuple[Tensor, int, int, int]]
    H: int
    relu: bool = False
    frozen: bool = False
    mask: Tensor | None = None

    def ask(self, submission: Any) -> list[Any]:
        """What the student's function returned, and what it left of the parameters' .grad and .requires_grad."""
        said = submission.build(ASKED, layers=self.layers, H=self.H, relu=self.relu, frozen=self.frozen, mask=self.mask)
        return compare.items(said, 3, list)

    def want(self) -> tuple[int, int]:
        x = image = torch.ones(1, 1, self.H, self.H, dtype=F64, requires_grad=True)
        if self.mask is not None:
            x = x * self.mask.double()
        for weight, stride, padding, dilation in self.layers:
            x = F.conv2d(x, weight.double(), torch.full(weight.shape[:1], 0.1, dtype=F64), stride, padding, dilation)
            x = F.relu(x) if self.relu else x
        with torch.enable_grad():
            (slope,) = torch.autograd.grad(x[0, :, x.shape[2] // 2, x.shape[3] // 2].sum(), image)
        rows, columns = slope[0, 0].nonzero(as_tuple=True)
        if not len(rows):
            return 0, 0
        return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1


def same_box(submission: Any, stack: Stack) -> None:
    found, _, _ = stack.ask(submission)
    box = compare.items(found, 2, tuple, "the box", "方框")
    for side, want, what, zh in zip(box, stack.want(), ("rows", "columns"), ("行数", "列数"), strict=True):
        compare.equal(side, want, what=f"the number of {what}", zh=zh)


def kernels(draw: Draw, shapes: list[tuple[int, int]], dtype: torch.dtype = F64) -> list[Tensor]:
    """Positive weights, 1 channel at first, then as many as it likes."""
    channels = [1, *(draw.size(1, 3) for _ in shapes)]
    pairs = zip(itertools.pairwise(channels), shapes, strict=True)
    return [draw.uniform(0.1, 1, outputs, inputs, *shape, dtype=dtype) for (inputs, outputs), shape in pairs]


@check(
    "empirical_rf.matches_formula",
    hint="The gradient of one output pixel shows what it depends on: count rows and columns from first to last.",
    zh="一个输出像素的梯度显示它依赖于什么：行与列，各从第一个数到最后一个。",
)
def test_stacks_of_convolutions(submission: Any, draw: Draw) -> None:
    for number in range(8):
        count = 1 + number % 3
        tall, wide = ([(draw.size(1, 4), stride) for stride in strides]
                      for strides in [[draw.size(1, 2) for _ in range(count)]] * 2)  # fmt: skip
        shapes = [(a, b) for (a, _), (b, _) in zip(tall, wide, strict=True)]
        weights = kernels(draw, shapes, F32 if number % 4 == 3 else F64)
        layers = [(weight, stride, 0, 1) for weight, (_, stride) in zip(weights, tall, strict=True)]
        stack = Stack(layers, draw.size(26, 30), relu=bool(number % 2))
        assert stack.want() == (seen_from(tall), seen_from(wide))
        same_box(submission, stack)


@check(
    "empirical_rf.bounding_box",
    hint="From the first to the last pixel with a gradient, both included, wherever they lie and whatever is between.",
    zh="从有梯度的第一个像素到最后一个（含两端），不管中间有什么，也不管它们在哪里。",
)
def test_zeros_inside_do_not_matter(submission: Any, draw: Draw) -> None:
    for number in range(6):
        (weight,) = kernels(draw, [draw.sizes(2, 2, 5)])
        same_box(submission, Stack([(weight, 1, 0, 2 + number % 2)], 20))
        sparse = torch.zeros(3, 1, 6, 7, dtype=F64)
        for channel in range(3):  # a few weights with different signs, anywhere in the window
            sparse[channel, 0, draw.integers(0, 6, 2), draw.integers(0, 7, 2)] = draw.randn(2)
        same_box(submission, Stack([(sparse, 1 + number % 2, 2, 1)], 15))


@check(
    "empirical_rf.middle_pixel",
    hint="Ask the pixel (H' // 2, W' // 2), all of its channels, and no other; where the image ends, the box ends.",
    zh="要问的是像素 (H' // 2, W' // 2) 的所有通道，不问别的；图像到头，方框也到头。",
)
def test_the_middle_is_asked(submission: Any, draw: Draw) -> None:
    for number in range(6):
        size = 6 + number
        mask = torch.ones(size, size, dtype=F64)
        mask[: size // 2 - number % 2] = 0
        mask[:, size // 2 + number % 3 :] = 0
        (weight,) = kernels(draw, [(3, 5)])
        same_box(submission, Stack([(weight, 1, 2, 1)], size, mask=mask))
        same_box(submission, Stack([(draw.uniform(0.1, 1, 2, 1, 5, 4), 1, 2, 1), (draw.randn(1, 2, 6, 3), 1, 2, 1)], 6))


@check(
    "empirical_rf.nothing_seen",
    hint="A network that does not look at its image has an empty box: (0, 0).",
    zh="根本不看图像的网络，方框是空的：(0, 0)。",
)
def test_a_network_that_sees_nothing(submission: Any) -> None:
    same_box(submission, Stack([(torch.zeros(2, 1, 3, 3, dtype=F64), 1, 0, 1)], 8))
    same_box(submission, Stack([(-torch.ones(2, 1, 3, 3, dtype=F64), 1, 0, 1)], 8, relu=True))


@check(
    "empirical_rf.any_model",
    hint="The image takes the dtype of the parameters; a network without any gets float32.",
    zh="图像的数据类型取自网络的参数；没有参数的网络用 float32。",
)
def test_models_of_other_kinds(submission: Any, draw: Draw) -> None:
    for source in ("nn.AvgPool2d(4)", "nn.Sequential(nn.AvgPool2d((2, 3)), nn.ReLU(), nn.AvgPool2d((2, 1)))"):
        want = (4, 4) if "Seq" not in source else (4, 3)
        compare.equal(submission.build(f"student.empirical_rf({source}, 13)"), want, what="the box", zh="方框")
    for dtype, frozen in ((F32, True), (F64, True), (F32, False)):
        (weight,) = kernels(draw, [(3, 2)], dtype)
        same_box(submission, Stack([(weight, 1, 0, 1)], 9, frozen=frozen))


@check(
    "empirical_rf.leaves_model_alone",
    hint="backward() fills the .grad of every parameter on its way. There is a way to ask for one gradient only.",
    zh="backward() 会顺路填上每个参数的 .grad。有办法只要一个梯度。",
    needs=["empirical_rf.example"],
)
def test_the_parameters_stay_as_they_are(submission: Any, draw: Draw) -> None:
    for frozen in (False, True):
        weights = kernels(draw, [(3, 3), (2, 2)])
        stack = Stack([(weight, 1, 0, 1) for weight in weights], 9, frozen=frozen)
        _, without, learning = stack.ask(submission)
        compare.equal(without, [True] * 4, what="whether the parameters have no .grad", zh="参数是否没有 .grad")
        compare.equal(learning, [not frozen] * 4, what="requires_grad of the parameters", zh="参数的 requires_grad")

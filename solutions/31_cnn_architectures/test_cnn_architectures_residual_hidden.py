"""Hidden checks of topic 31, second part: the residual block, and the small ResNet that is built of it."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from cnn_architectures_reference import (
    F32,
    F64,
    Values,
    by_name,
    filled,
    made,
    norm,
    norm_shapes,
    parts,
    residual,
    residual_shapes,
    right_residual,
    same_or_told,
    state,
)
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw
from autograder.model.text import Text

NO_SKIP = Text(" It is F(x) alone: nothing was added to it.", "这只是 F(x)：没有加上任何东西。")
RELU_FIRST = Text(" The last ReLU came before the addition.", "最后一个 ReLU 放在了加法之前。")
NO_RELU = Text(" The last ReLU, behind the addition, is missing.", "加法之后缺了最后一个 ReLU。")
KINDS = ((True, 1), (False, 1), (True, 2), (False, 2), (False, 3))  # as many channels out as in; the stride


def block_of(submission: Any, draw: Draw, same: bool, stride: int, dtype: torch.dtype = F64) -> tuple[Any, Values]:
    """The student's block and numbers for all its places; how many channels it takes is that of conv1.weight."""
    c_in, c_out = draw.sizes(2, 2, 6)
    c_out = c_in if same else c_out
    model, shapes = made(submission, "Residual", c_in, c_out, stride), residual_shapes(c_in, c_out, stride)
    by_name(state(submission, model), shapes)
    return model, filled(draw, shapes, dtype)


def images(draw: Draw, values: Values, dtype: torch.dtype = F64, low: int = 4) -> Tensor:
    return draw.randn(draw.size(2, 3), values["conv1.weight"].shape[1], *draw.sizes(2, low, 9), dtype=dtype)


def silenced(values: Values) -> Values:
    """F(x) = 0: the last norm has gamma = beta = 0."""
    return {**values, **{name: torch.zeros_like(values[name]) for name in ("bn2.weight", "bn2.bias")}}


@check(
    "residual_block.parts",
    hint="Names and shapes as in the docstring. A norm follows each convolution, so no convolution has a bias.",
    zh="名字和形状如文档字符串所述。每个卷积之后都有规范化，所以卷积不带偏置。",
)
def test_the_layers_have_their_names(submission: Any, draw: Draw) -> None:
    for same, stride in KINDS:
        model, _ = block_of(submission, draw, same, stride)
        compare.equal(len(model.params()), 6 if same and stride == 1 else 9,
                      what="the number of parameter tensors", zh="参数张量的个数")  # fmt: skip


@check(
    "residual_block.zero_branch_identity_on_positive",
    hint="If F(x) is 0 everywhere, what is left is x itself: unchanged where it is positive.",
    zh="如果 F(x) 处处为 0，剩下的就是 x 本身：正的部分保持不变。",
    needs=["residual_block.parts"],
)
def test_a_silent_branch_lets_x_through(submission: Any, draw: Draw) -> None:
    for train in (True, False):
        model, values = block_of(submission, draw, True, 1)
        model.train(train)
        x = images(draw, values)
        got = model.functional(silenced(values), x.abs())
        compare.same(got, x.abs(), what="the result for positive x", zh="x 为正时的结果")
        compare.same(model.functional(silenced(values), x), F.relu(x), what="the result", zh="结果")


@check(
    "residual_block.value",
    hint="Convolution, norm, ReLU, convolution, norm; plus the shortcut; then the last ReLU.",
    zh="卷积、规范化、ReLU、卷积、规范化；加上捷径；最后再 ReLU。",
    needs=["residual_block.parts"],
    weight=2.0,
)
def test_the_block_with_known_numbers(submission: Any, draw: Draw) -> None:
    for number, (same, stride) in enumerate(KINDS):
        dtype = F32 if number == 3 else F64
        model, values = block_of(submission, draw, same, stride, dtype)
        for train in (True, False):
            model.train(train)
            x = images(draw, values, dtype)
            x = x if train else draw.layout(x, number)
            branch, skip = parts(x, values, stride, train)
            same_or_told(model.functional(values, x), F.relu(branch + skip), (NO_SKIP, F.relu(branch)), scale=5)


@check(
    "residual_block.relu_after_add",
    hint="A branch that is negative must be able to take something away. When does the last ReLU come?",
    zh="为负的支路应当能够减去一些东西。最后一个 ReLU 该在什么时候？",
    needs=["residual_block.parts"],
)
def test_a_negative_branch_takes_away(submission: Any, draw: Draw) -> None:
    for same, stride in ((True, 1), (False, 2)):
        model, values = block_of(submission, draw, same, stride)
        model.eval()
        values["bn2.bias"] = values["bn2.bias"] - 1
        x = images(draw, values)
        branch, skip = parts(x, values, stride, False)
        before, without = F.relu(branch) + skip, branch + skip
        ideas = ((RELU_FIRST, before), (RELU_FIRST, F.relu(before)), (NO_RELU, without))
        same_or_told(model.functional(values, x), F.relu(without), *ideas)


@check(
    "residual_block.projection_used",
    hint="Where channels or stride change, x itself can't be added: a 1 x 1 convolution with a norm makes it fit.",
    zh="通道数或步幅改变时，x 不能直接相加：要由带规范化的 1 x 1 卷积使它匹配。",
    needs=["residual_block.parts"],
)
def test_the_projection_is_what_is_added(submission: Any, draw: Draw) -> None:
    for same, stride in ((False, 1), (True, 2), (False, 2)):
        model, values = block_of(submission, draw, same, stride)
        for train in (True, False):
            model.train(train)
            x = images(draw, values)
            _, skip = parts(x, values, stride, train)
            compare.same(model.functional(silenced(values), x), F.relu(skip), what="the result of the shortcut alone",
                         zh="只有捷径时的结果")  # fmt: skip


@check(
    "residual_block.gradient_highway",
    hint="Through the plus sign the gradient of the result reaches x as it is. Is anything in its way?",
    zh="经过加号，结果的梯度原样传到 x。途中有什么东西挡着吗？",
    needs=["residual_block.zero_branch_identity_on_positive"],
)
def test_the_gradient_goes_straight_through(submission: Any, draw: Draw) -> None:
    model, values = block_of(submission, draw, True, 1)
    x = images(draw, values).abs() + 0.1
    weights = draw.randn(*x.shape)
    (slope,) = gradients.of(lambda x: model.functional(silenced(values), x), x, grad_output=weights)
    compare.same(slope, weights, what="the gradient with respect to x", zh="对 x 的梯度")


@check(
    "residual_block.stride_shapes",
    hint="With stride s both ways keep every s-th place, the first one included: ceil(H / s) rows.",
    zh="步幅为 s 时，两条路都从第一个起每隔 s 个取一个：共 ceil(H / s) 行。",
)
def test_sizes_with_strides(submission: Any, draw: Draw) -> None:
    for stride, height, width in ((2, 7, 9), (2, 8, 5), (3, 7, 8), (1, 3, 5), (2, 1, 1), (2, 2, 3)):
        model = made(submission, "Residual", 2, 3, stride)
        shape = (3, 3, -(-height // stride), -(-width // stride))
        compare.tensor(model(draw.randn(3, 2, height, width, dtype=F32)), shape=shape, dtype=F32)
    model.eval()
    compare.tensor(model(torch.zeros(0, 2, 4, 4)), shape=(0, 3, 2, 2), dtype=F32)


@check(
    "residual_block.gradients",
    hint="Both ways carry gradients, to x and to every weight.",
    zh="两条路都要传梯度，传给 x，也传给每个权重。",
    needs=["residual_block.value"],
)
def test_gradients_of_the_block(submission: Any, draw: Draw) -> None:
    for same, stride in ((True, 1), (False, 2)):
        model, values = block_of(submission, draw, same, stride)
        names = [name for name in values if "running" not in name]
        rest = {name: value for name, value in values.items() if "running" in name}

        def student(x: Tensor, *given: Tensor, m: Any = model, n: list[str] = names, r: Values = rest) -> Any:
            return m.functional({**r, **dict(zip(n, given, strict=True))}, x)

        def by_hand(x: Tensor, *given: Tensor, n: list[str] = names, r: Values = rest, s: int = stride) -> Tensor:
            return residual(x, {**r, **dict(zip(n, given, strict=True))}, s, True)

        def point(d: Draw, v: Values = values, n: list[str] = names) -> tuple[Tensor, ...]:
            return images(d, v), *(v[name] for name in n)

        gradients.match(student, by_hand, point, draw, draws=2)


@check(
    "residual_block.input_unchanged",
    hint="x is needed twice, and it belongs to the caller: nothing may be written into it.",
    zh="x 要用两次，而且是调用者的：不能往里面写东西。",
)
def test_the_block_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for same, stride in ((True, 1), (False, 2)):
        model, values = block_of(submission, draw, same, stride, F32)
        x = images(draw, values, F32)
        source = "with torch.no_grad():\n    y = model(x)\n[y, x]"
        both = compare.items(submission.build(source, model=model, x=x), 2, list)
        compare.tensor(both[0], dtype=F32)
        compare.unchanged(x, both[1], "x")


# ResNetMini ---------------------------------------------------------------------------------------------------------


def net_shapes(c_in: int, widths: tuple[int, ...], classes: int) -> dict[str, tuple[int, ...]]:
    w0, w1, w2 = widths
    shapes: dict[str, tuple[int, ...]] = {"stem.0.weight": (w0, c_in, 3, 3)}
    shapes |= norm_shapes("stem.1", w0) | {"fc.weight": (classes, w2), "fc.bias": (classes,)}
    for number, (before, after, stride) in enumerate(((w0, w0, 1), (w0, w1, 2), (w1, w2, 2))):
        shapes |= residual_shapes(before, after, stride, f"blocks.{number}.")
    return shapes


def net(x: Tensor, values: Values, train: bool) -> Tensor:
    x = F.relu(norm(F.conv2d(x, values["stem.0.weight"], padding=1), values, "stem.1", train))
    for number, stride in enumerate((1, 2, 2)):
        x = residual(x, values, stride, train, f"blocks.{number}.")
    return F.linear(x.mean((2, 3)), values["fc.weight"], values["fc.bias"])


def net_of(submission: Any, draw: Draw, dtype: torch.dtype = F64) -> tuple[Any, Values, int]:
    c_in, w0, w1, w2, classes = draw.sizes(5, 2, 8)
    shapes = net_shapes(c_in, (w0, w1, w2), classes)
    model = made(submission, "ResNetMini", c_in, (w0, w1, w2), classes)
    by_name(state(submission, model), shapes)
    return model, filled(draw, shapes, dtype), c_in


@check(
    "resnet_mini.shape",
    hint="The mean over all pixels leaves one number per channel, whatever the size of the image: nothing to flatten.",
    zh="对所有像素取平均后，每个通道只剩一个数，与图像大小无关：无需展平。",
)
@right_residual
def test_images_of_any_size(submission: Any, draw: Draw) -> None:
    model = made(submission, "ResNetMini")
    for n, height, width in ((2, 4, 4), (3, 8, 8), (2, *draw.sizes(2, 5, 13)), (1, 9, 4)):
        compare.tensor(model(draw.randn(n, 1, height, width, dtype=F32)), shape=(n, 10), dtype=F32)
    model.eval()
    compare.tensor(model(torch.zeros(0, 1, 8, 8)), shape=(0, 10), dtype=F32)
    model = made(submission, "ResNetMini", 3, (4, 6, 5), 7)
    compare.tensor(model(draw.randn(2, 3, 7, 6, dtype=F32)), shape=(2, 7), dtype=F32)


@check(
    "resnet_mini.param_count",
    hint="A stem, three blocks of which two halve the size, one fully connected layer. Count each of them.",
    zh="一个开头、三个块（其中两个把尺寸减半）、一个全连接层。请逐个数一数。",
)
@right_residual
def test_every_part_is_there(submission: Any, draw: Draw) -> None:
    model, values, _ = net_of(submission, draw)
    sizes = [value.numel() for value in model.params().values()]
    want = sum(value.numel() for name, value in values.items() if "running" not in name)
    compare.equal(sum(sizes), want, what="the number of parameters", zh="参数个数")
    by_name(state(submission, made(submission, "ResNetMini")), net_shapes(1, (8, 16, 32), 10))


@check(
    "resnet_mini.value",
    hint="Stem with norm and ReLU, the three blocks, the mean of each channel, the fully connected layer.",
    zh="开头（带规范化和 ReLU）、三个块、每个通道的平均值、全连接层。",
    needs=["resnet_mini.param_count"],
    weight=2.0,
)
@right_residual
def test_logits_of_the_small_resnet(submission: Any, draw: Draw) -> None:
    for number, dtype in enumerate((F64, F64, F32)):
        model, values, c_in = net_of(submission, draw, dtype)
        x = draw.layout(draw.randn(3, c_in, *draw.sizes(2, 4, 9), dtype=dtype), number)
        for train in (True, False):
            model.train(train)
            compare.same(model.functional(values, x), net(x, values, train), what="the logits", zh="logits", scale=20)


@check(
    "resnet_mini.eval_train_modes",
    hint="In evaluation mode an image gets the same logits alone and in company; in training mode its batch matters.",
    zh="评估模式下，一幅图像单独与成批得到的 logits 相同；训练模式下，同批的图像有影响。",
    needs=["resnet_mini.param_count"],
)
@right_residual
def test_the_norms_follow_the_mode(submission: Any, draw: Draw) -> None:
    moved = []
    for number in range(6):  # a net drawn at random may be dead: then nothing makes a difference to it
        model, values, c_in = net_of(submission, draw.child(str(number)))
        x = draw.randn(4, c_in, 6, 5)
        model.eval()
        alone = [compare.tensor(model.functional(values, row), dtype=F64).detach() for row in x.split(1)]
        whole = compare.tensor(model.functional(values, x), dtype=F64).detach()
        compare.same(torch.cat(alone), whole, what="the logits one by one", zh="逐幅得到的 logits")
        model.train()
        first = compare.tensor(model.functional(values, x), shape=whole.shape, dtype=F64).detach()
        other = compare.tensor(model.functional(values, torch.cat([x[:2], -3 * x[2:]])), shape=whole.shape, dtype=F64)
        moved.append((first[:2] - other[:2]).detach().abs().max())
    compare.require(
        bool(max(moved) > 1e-6),
        "in training mode other images in the batch make no difference: the norms do not see the batch.",
        "训练模式下，同批的其他图像毫无影响：规范化没有看到这一批。",
    )

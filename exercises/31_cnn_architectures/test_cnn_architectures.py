"""Visible checks of topic 31: small examples, with every number shown. `submission` is your file."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from autograder.checks import compare, training
from autograder.checks.datasets import digits
from autograder.checks.marks import check

SIZE = "sum(p.numel() for p in model.parameters())"


@check(
    "lenet.example",
    hint="80 + 1168 + 2080 + 330 parameters; 64 numbers between the two parts.",
    zh="参数个数是 80 + 1168 + 2080 + 330；两部分之间有 64 个数。",
    weight=0.5,
)
def test_two_images_through_lenet(submission: Any) -> None:
    model = compare.is_type(submission.LeNet(), nn.Module, "LeNet()", "LeNet()")
    compare.tensor(model.features(torch.ones(2, 1, 8, 8)), shape=(2, 64), what="the features", zh="特征")
    compare.tensor(model(torch.ones(2, 1, 8, 8)), shape=(2, 10), what="the logits", zh="logits")
    compare.equal(submission.build(SIZE, model=model), 3658, what="the number of parameters", zh="参数个数")


ONES = """
with torch.no_grad():
    for p in model.parameters():
        p.fill_(1.0 if p.dim() == 4 else 0.0)
model
"""


@check(
    "inception.example",
    hint="All weights are 1, all biases 0: the number itself, the sum of three, the sum of five, the largest of three.",
    zh="权重全是 1，偏置全是 0：数本身、三个之和、五个之和、三个中最大的。",
    weight=0.5,
)
def test_a_row_of_four_numbers_through_the_branches(submission: Any) -> None:
    model = compare.is_type(
        submission.Inception(1, 1, (1, 1), (1, 1), 1), nn.Module, "Inception(...)", "Inception(...)"
    )
    model = compare.is_type(submission.build(ONES, model=model), nn.Module, "Inception(...)", "Inception(...)")
    got = model(torch.tensor([[[[1.0, 2.0, 0.0, 4.0]]]]))
    want = [[1.0, 2.0, 0.0, 4.0], [3.0, 3.0, 6.0, 4.0], [3.0, 7.0, 7.0, 6.0], [2.0, 2.0, 4.0, 4.0]]
    compare.same(got, torch.tensor(want).view(1, 4, 1, 4))


CENTRE = """
with torch.no_grad():
    for conv, weight in ((block.conv1, 1.0), (block.conv2, -0.5)):
        conv.weight.zero_()
        conv.weight[0, 0, 1, 1] = weight
block.eval()
block
"""


@check(
    "residual_block.example",
    hint="relu(x) is (3, 0, 2), times -0.5 it is F(x); x is added to it, and only then comes the last ReLU.",
    zh="relu(x) 是 (3, 0, 2)，乘以 -0.5 就是 F(x)；再加上 x，最后才是 ReLU。",
    weight=0.5,
)
def test_three_pixels_through_a_block(submission: Any) -> None:
    block = compare.is_type(submission.Residual(1, 1), nn.Module, "Residual(1, 1)", "Residual(1, 1)")
    block = compare.is_type(submission.build(CENTRE, block=block), nn.Module, "Residual(1, 1)", "Residual(1, 1)")
    got = block(torch.tensor([[[[3.0, -1.0, 2.0]]]]))
    compare.same(got, torch.tensor([[[[1.5, 0.0, 1.0]]]]))


@check(
    "resnet_mini.example",
    hint="88 in the stem, 1184, 3680 and 14528 in the blocks, 330 at the end.",
    zh="开头 88 个，三个块分别有 1184、3680 和 14528 个，最后 330 个。",
    weight=0.5,
)
def test_images_of_two_sizes_through_the_small_resnet(submission: Any) -> None:
    model = compare.is_type(submission.ResNetMini(), nn.Module, "ResNetMini()", "ResNetMini()")
    for height, width in ((8, 8), (5, 12)):
        compare.tensor(model(torch.ones(3, 1, height, width)), shape=(3, 10), what="the logits", zh="logits")
    compare.equal(submission.build(SIZE, model=model), 19810, what="the number of parameters", zh="参数个数")


@check(
    "train_cnn.example",
    hint="The picture shows what comes of thirty layers. Both networks must come back, trained, in evaluation mode.",
    zh="图中是三十层网络的结果。两个网络都应在训练之后以评估模式返回。",
    weight=0.5,
    cpu_s=10,
    wall_s=60,
)
def test_thirty_layers_for_five_epochs(submission: Any, picture: Any) -> None:
    data, curves = digits(), {}
    x, y = data.train_x[:256].view(-1, 1, 8, 8), data.train_y[:256]
    for label, residual in (("with skips", True), ("without", False)):
        model, curve = submission.build("torch.manual_seed(0)\nstudent.DeepMLP(30, 32, skip)", skip=residual), []
        for seed in range(5):
            model = submission.train_cnn(model, x, y, 1, torch.Generator().manual_seed(seed), lr=0.004)
            compare.is_type(model, nn.Module, "what train_cnn returns", "train_cnn 的返回值")
            compare.equal(model.training, False, what="model.training", zh="model.training")
            logits = compare.tensor(
                model(data.test_x.view(-1, 1, 8, 8)), shape=(360, 10), what="the logits", zh="logits"
            )
            curve.append(training.accuracy(logits.detach(), data.test_y))
        curves[label] = (list(range(1, 6)), curve)
    picture.lines(
        "with-and-without-skips", curves, x="epoch", y="test accuracy",
        en="Thirty fully connected layers on 256 digits, the same start: with skips and without.",
        zh="三十个全连接层，256 个数字，相同的初始权重：有跳跃连接和没有跳跃连接。",
    )  # fmt: skip

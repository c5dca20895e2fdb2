"""Hidden checks of topic 28, fourth part: the deep network, judged by known numbers in all of its places."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
import torch.nn.functional as F
from normalization_reference import F32, F64, READY_MADE, right_batch_norm
from torch import Tensor, nn

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

SHAPES = ((True, 3), (False, 4), (True, 2), (True, 5), (False, 2), (False, 3))  # bn, number of widths
Values = dict[str, Tensor]


def deep(submission: Any, widths: list[int], bn: bool) -> tuple[Any, Values]:
    """The student's network, and everything in its state_dict."""
    model = compare.is_type(submission.DeepSigmoid(widths, bn), nn.Module, "DeepSigmoid(...)", "DeepSigmoid(...)")
    entries = submission.build("[[str(key), value] for key, value in model.state_dict().items()]", model=model)
    found = {}
    for entry in compare.items(entries, None, list):
        name, value = compare.items(entry, 2, list)
        if compare.tensor(value).is_floating_point():
            found[name] = value.detach()
    return model, found


def places(model: Any, found: Values, widths: list[int], bn: bool) -> list[dict[str, str]]:
    """For every layer: which name in the state_dict has its weight, bias, gamma and so on. The widths all differ, so
    shapes tell the layers apart."""
    layers, used = [], 0
    for number, (before, out) in enumerate(pairwise(widths)):
        hidden = number < len(widths) - 2
        wanted = ["weight", "bias"] + (["gamma", "beta", "running_mean", "running_var"] if bn and hidden else [])
        layer = {}
        for kind in wanted:
            shape = (out, before) if kind == "weight" else (out,)
            names = [n for n, v in found.items() if n.rpartition(".")[2] == kind and tuple(v.shape) == shape]
            may_miss = kind == "bias" and bn and hidden
            compare.require(
                len(names) == 1 or (may_miss and not names),
                "each hidden layer has the weight and bias of an nn.Linear and, if bn is True, a BatchNorm of its own;"
                " the last layer has only the linear part.",
                "每个隐藏层有 nn.Linear 的权重和偏置，bn 为 True 时还有自己的 BatchNorm；最后一层只有线性部分。",
                reason="shape",
            )
            if names:
                layer[kind] = names[0]
        used += sum(kind in layer for kind in ("weight", "bias", "gamma", "beta"))
        layers.append(layer)
    compare.require(
        len(model.params()) == used,
        "the network has more parameters than its layers need, or some of them are no parameters.",
        "网络的参数比各层所需的多，或者其中有些没有注册为参数。",
        reason="shape",
    )
    return layers


def fill(draw: Draw, found: Values, dtype: torch.dtype) -> Values:
    """A number for every place; variances are positive."""
    values = {}
    for name, value in found.items():
        drawn = draw.randn(*value.shape)
        if value.dim() == 2:
            drawn = drawn / 2
        values[name] = (drawn.square() + 0.2 if name.endswith("running_var") else drawn).to(dtype)
    return values


def by_hand(values: Values, layers: list[dict[str, str]], x: Tensor, train: bool) -> Tensor:
    for number, names in enumerate(layers):
        part = {kind: values[name] for kind, name in names.items()}
        x = F.linear(x, part["weight"], part.get("bias"))
        if "gamma" in part:
            stats = (part["running_mean"].clone(), part["running_var"].clone())
            x = F.batch_norm(x, *stats, part["gamma"], part["beta"], train)
        if number < len(layers) - 1:
            x = torch.sigmoid(x)
    return x


@check(
    "train_bn.parameters",
    hint="A BatchNorm of its own for every hidden layer, none for the last; and the module must know them all.",
    zh="每个隐藏层有自己的 BatchNorm，最后一层没有；而且模块必须知道它们全部。",
)
@right_batch_norm
def test_every_hidden_layer_has_its_own_norm(submission: Any, draw: Draw) -> None:
    for bn, count in SHAPES:
        widths = list(draw.sizes(count, 3, 9))
        places(*deep(submission, widths, bn), widths, bn)


@check(
    "train_bn.forward",
    hint="Linear, norm, sigmoid, in this order, in every hidden layer; the logits are only linear.",
    zh="每个隐藏层依次是线性、规范化、sigmoid；logits 那一层只有线性。",
    needs=["train_bn.parameters"],
)
@right_batch_norm
def test_logits_of_the_deep_network(submission: Any, draw: Draw) -> None:
    for number, (bn, count) in enumerate(SHAPES):
        widths, dtype = list(draw.sizes(count, 3, 9)), F32 if number == 3 else F64
        model, found = deep(submission, widths, bn)
        layers, values = places(model, found, widths, bn), fill(draw, found, dtype)
        x = 2 * draw.randn(draw.size(3, 8), widths[0], dtype=dtype)
        for train in (True, False):
            model.train(train)
            want = by_hand(values, layers, x, train)
            compare.same(model.functional(values, x), want, what="the logits", zh="logits", scale=10)


@check(
    "train_bn.no_builtin",
    hint="The network is built on your own BatchNorm.",
    zh="这个网络要用你自己的 BatchNorm。",
    needs=["train_bn.example"],
)
def test_the_network_uses_its_own_norm(submission: Any) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="DeepSigmoid")

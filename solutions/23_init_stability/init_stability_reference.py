"""What the hidden checks of topic 23 share: statistics of random weights, and what may not be used."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
READY_MADE = {"nn.init.*", "torch.nn.init.*", "nn.Linear", "nn.Conv2d", "nn.Bilinear"}
LOG_SUMS = {
    "torch.logsumexp", "torch.special.logsumexp", "torch.logaddexp", "torch.logaddexp2", "torch.logcumsumexp",
    "torch.special.log_softmax", "torch.log_softmax", "F.log_softmax", "nn.LogSoftmax", "F.cross_entropy",
    "F.normalize", "nn.CrossEntropyLoss", "torch.distributions.*", "scipy.*",
}  # fmt: skip


def close_to(found: float, expected: float, error: float, en: str, zh: str) -> None:
    """Within five standard errors."""
    compare.require(abs(found - expected) <= 5 * error, en, zh, reason="statistics")


def spread(weight: Tensor, std: float, kurtosis: float) -> None:
    """The root of the mean square is `std`; `kurtosis` is the fourth moment over the squared second one."""
    count = weight.numel()
    found = weight.double().square().mean().sqrt().item()
    close_to(
        found, std, std * math.sqrt((kurtosis - 1) / (4 * count)),
        "the standard deviation of the weights is not the one asked for.", "权重的标准差与要求不符。",
    )  # fmt: skip


def centred(weight: Tensor, std: float) -> None:
    mean = weight.double().mean().item()
    close_to(
        mean, 0.0, std / math.sqrt(weight.numel()),
        "the mean of the weights is not 0.", "权重的均值不是 0。",
    )  # fmt: skip


def shape_of_distribution(weight: Tensor, std: float, kurtosis: float, eighth: float) -> None:
    """The fourth moment is that of the distribution; `eighth` is its eighth moment, for a unit variance."""
    found = (weight.double() / std).pow(4).mean().item()
    close_to(
        found, kurtosis, math.sqrt((eighth - kurtosis**2) / weight.numel()),
        "the weights have the right spread, but another distribution.", "权重的散布对了，但分布的形状不对。",
    )  # fmt: skip


def independent(weight: Tensor) -> None:
    """Neighbours along both dimensions, and mirrored entries of the two halves, know nothing of each other."""
    flat = weight.double().reshape(weight.shape[0], -1)
    flat = flat / flat.square().mean().sqrt()
    rows, columns = flat.shape
    pairs = [
        flat[1:] * flat[:-1], flat[:, 1:] * flat[:, :-1],
        flat[: rows // 2] * flat[-(rows // 2) :], flat[:, : columns // 2] * flat[:, -(columns // 2) :],
    ]  # fmt: skip
    for products in pairs:
        close_to(
            products.mean().item(), 0.0, 1 / math.sqrt(products.numel()),
            "entries of the weight depend on each other.", "权重的各个元素并不独立。",
        )  # fmt: skip


def weight_of(got: Any, shape: tuple[int, ...]) -> Tensor:
    result: Tensor = compare.tensor(got, shape=shape, dtype=F32, what="the weight", zh="权重")
    compare.equal(result.requires_grad, False, what="requires_grad of the weight", zh="权重的 requires_grad")
    return compare.finite(result, "the weight", "权重")


TWICE = "g = torch.Generator().manual_seed(seed)\ntorch.manual_seed(other)\n[{call}, {call}]"


def twice(submission: Any, call: str, shape: tuple[int, ...], seed: int, other: int) -> list[Tensor]:
    """Two calls in a row with one generator of this seed, while the global one is seeded otherwise."""
    made = submission.build(TWICE.format(call=call), seed=seed % 2**31, other=other % 2**31, shape=shape)
    return [weight_of(one, shape) for one in compare.items(made, 2, list)]


def only_from_the_generator(submission: Any, draw: Draw, call: str, shape: tuple[int, ...]) -> None:
    seed = draw.new_seed()
    first, second = twice(submission, call, shape, seed, draw.new_seed())
    again = twice(submission, call, shape, seed, draw.new_seed())
    compare.require(
        torch.equal(first, again[0]) and torch.equal(second, again[1]),
        "a generator in the same state gives other weights: something is drawn from elsewhere.",
        "生成器状态相同，权重却不同：有些随机数是从别处取的。",
    )
    compare.require(
        not torch.equal(first, second),
        "a second call with the same generator gives the same weights.",
        "用同一个生成器再调用一次，得到的权重却相同。",
    )
    other = twice(submission, call, shape, draw.new_seed(), draw.new_seed())
    compare.require(
        not torch.equal(first, other[0]), "another generator gives the same weights.", "换一个生成器，权重却相同。"
    )

"""What the hidden checks of training-loop share. Models and optimisers live in the sandbox, made from tensors drawn
here; what must come out of them is computed here, by a training written out by hand on plain tensors."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
Weights = dict[str, Tensor]
Batches = list[tuple[Tensor, Tensor]]
LossOf = Callable[[Tensor, Tensor], Tensor]


# The hand-written side ------------------------------------------------------------------------------------------------


def cross_entropy(z: Tensor, y: Tensor) -> Tensor:
    return (z.logsumexp(1) - z.gather(1, y[:, None])[:, 0]).mean()


def squares(z: Tensor, y: Tensor) -> Tensor:
    """A loss that nobody expects: the mean over samples of the squared distance from the one-hot label."""
    one_hot = torch.zeros_like(z).scatter(1, y[:, None], 1.0)
    return ((z - one_hot) ** 2).sum(1).mean()


class ByHand:
    """Two linear layers with something in between, trained with momentum: every formula in the open."""

    def __init__(
        self, weights: Weights, lr: float, momentum: float = 0.0, loss_of: LossOf = cross_entropy, frozen: str = "none"
    ) -> None:
        self.weights = {name: value.clone() for name, value in weights.items()}
        self.velocity = {name: torch.zeros_like(value) for name, value in weights.items()}
        self.lr, self.momentum, self.loss_of, self.frozen = lr, momentum, loss_of, frozen
        self.middle: Callable[[Tensor], Tensor] = torch.tanh

    def logits(self, weights: Weights, x: Tensor) -> Tensor:
        hidden = self.middle(x @ weights["0.weight"].T + weights["0.bias"])
        return hidden @ weights["2.weight"].T + weights["2.bias"]

    def gradients(self, x: Tensor, y: Tensor) -> tuple[float, Weights]:
        leaves = {name: value.clone().requires_grad_(self.frozen not in name) for name, value in self.weights.items()}
        loss = self.loss_of(self.logits(leaves, x), y)
        trained = {name: leaf for name, leaf in leaves.items() if leaf.requires_grad}
        found = torch.autograd.grad(loss, list(trained.values()), materialize_grads=True, allow_unused=True)
        return loss.item(), dict(zip(trained, found, strict=True))

    def epoch(self, batches: Batches, clip: float = math.inf) -> float:
        """Trains, and returns the mean loss per sample."""
        total = 0.0
        for x, y in batches:
            loss, slopes = self.gradients(x, y)
            length = math.sqrt(sum(float((slope.double() ** 2).sum()) for slope in slopes.values()))
            for name, slope in slopes.items():
                self.velocity[name] = self.momentum * self.velocity[name] + slope * min(1.0, clip / max(length, 1e-300))
                self.weights = {**self.weights, name: self.weights[name] - self.lr * self.velocity[name]}
            total += loss * len(y)
        return total / sum(len(y) for _, y in batches)

    def look(self, batches: Batches) -> tuple[float, float]:
        """Mean loss and accuracy over all samples."""
        x, y = torch.cat([x for x, _ in batches]), torch.cat([y for _, y in batches])
        z = self.logits(self.weights, x)
        return self.loss_of(z, y).item(), (z.argmax(1) == y).double().mean().item()


def some_weights(draw: Draw, dtype: torch.dtype = F64) -> Weights:
    """Of two linear layers: features, hidden units and classes all differ."""
    d, h, c = draw.sizes(3, 3, 7)
    shapes = {"0.weight": (h, d), "0.bias": (h,), "2.weight": (c, h), "2.bias": (c,)}
    return {name: draw.randn(*shape, dtype=dtype) for name, shape in shapes.items()}


def some_batches(draw: Draw, weights: Weights, sizes: tuple[int, ...] = (7, 4, 6, 5, 1)) -> Batches:
    """Batches of different sizes, some of them not contiguous."""
    (_, d), c = weights["0.weight"].shape, len(weights["2.bias"])
    dtype, batches = weights["0.weight"].dtype, []
    for size in sizes:
        x = draw.randn(size, d, dtype=dtype)
        batches.append((draw.noncontiguous(x) if size % 2 else x, draw.integers(0, c, size)))
    return batches


def in_fours(draw: Draw, weights: Weights, count: int) -> tuple[Tensor, Tensor, Batches]:
    """Features and labels, and both cut into batches of four; the last one may be shorter."""
    ((x, y),) = some_batches(draw, weights, (count,))
    return x, y, list(zip(x.split(4), y.split(4), strict=True))


# What lives in the sandbox --------------------------------------------------------------------------------------------

TWO_LAYERS = """
(h, d), c = weights["0.weight"].shape, len(weights["2.bias"])
model = nn.Sequential(nn.Linear(d, h), MIDDLE, nn.Linear(h, c)).to(weights["0.weight"])
model.load_state_dict(weights, strict=False)
if frozen:
    model[0].requires_grad_(False)
model, torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr, momentum=momentum)
"""


def two_layers(  # two layers, an optimiser
    submission: Any,
    weights: Weights,
    middle: str = "nn.Tanh()",
    lr: float = 0.1,
    momentum: float = 0.0,
    frozen: bool = False,
) -> tuple[Any, Any]:
    """A model of two linear layers with something in between, and its optimiser."""
    source = TWO_LAYERS.replace("MIDDLE", middle)
    made = submission.build(source, weights=weights, lr=lr, momentum=momentum, frozen=frozen)
    model, opt = compare.items(made, 2, what="the model and its optimiser", zh="模型与优化器")
    return compare.is_type(model, torch.nn.Module, "the model", "模型"), opt


def one_epoch(submission: Any, *args: Any, **more: Any) -> Any:
    """train_epoch, on the device where the tensors of the sandbox lie."""
    return submission.train_epoch(*args, device=submission.device, **more)


def ce(submission: Any) -> Any:
    return submission.build("F.cross_entropy")


def same_weights(model: Any, want: Weights, what: str = "a parameter after the epoch", **tolerance: float) -> None:
    got = {name: value.detach() for name, value in model.params().items()}
    for name, value in want.items():
        compare.same(got.get(name), value, what=what, zh="训练之后的一个参数", **tolerance)


def close(got: Any, want: float, dtype: torch.dtype, what: str, zh: str) -> None:
    rtol = 1e-9 if dtype == F64 else 1e-4
    compare.number(got, want, rtol, rtol, what=what, zh=zh)


def alike(one: Any, other: Any) -> bool:
    """Exactly equal, whatever the two are."""
    try:
        compare.equal(one, other)
    except compare.CheckFailure:
        return False
    return True


LOADERS = {
    "generator": "(pair for pair in batches)",
    "lists": "[list(pair) for pair in batches]",
    "DataLoader": "torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)",
}


# evaluate -------------------------------------------------------------------------------------------------------------


def loss_and_accuracy(got: Any) -> list[Any]:
    return compare.items(got, 2)


def same_report(got: Any, want: tuple[float, float], dtype: torch.dtype = F64) -> None:
    loss, accuracy = loss_and_accuracy(got)
    close(loss, want[0], dtype, "the loss", "损失")
    close(accuracy, want[1], dtype, "the accuracy", "准确率")


# EarlyStopping --------------------------------------------------------------------------------------------------------


def improvements(metrics: list[float], min_delta: float = 0.0, sign: int = -1) -> list[bool]:
    """Which of them improve on the best so far; sign is -1 for a loss, 1 for an accuracy."""
    best, found = -math.inf, []
    for metric in metrics:
        better = sign * metric > best + min_delta  # false for nan
        best = sign * metric if better else best
        found.append(better)
    return found


def answers(improved: list[bool], patience: int) -> list[bool]:
    """Whether the last `patience` ones are all bad."""
    return [end >= patience and not any(improved[end - patience : end]) for end in range(1, len(improved) + 1)]

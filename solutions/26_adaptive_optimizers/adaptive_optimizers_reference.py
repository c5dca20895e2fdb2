"""What the hidden checks of topic 26 share: every rule once more, as plain formulas, and a run of it in the sandbox."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.seeding import Draw, float_type

F32, F64 = torch.float32, torch.float64
Rule = Callable[..., list[Tensor]]
HOUSE = (
    "p and g belong to the caller, who writes into g again; all memory lies in `state`; torch.optim stays closed.",
    "p 和 g 是调用者的，g 的内存会被再次写入；要记住的都放在 state 里；不得使用 torch.optim。",
)


def averages(gradients: list[Tensor], beta: float) -> list[Tensor]:
    """The uncorrected exponential average after each of them, as a sum with its weights written out."""
    return [
        sum((1 - beta) * beta ** (t - k) * gradients[k] for k in range(t + 1))  # type: ignore[misc]
        for t in range(len(gradients))
    ]


def moments(gs: list[Tensor], betas: tuple[float, float]) -> list[tuple[int, Tensor, Tensor]]:
    """(t, m, v) after each gradient, in float64."""
    wide = [g.double() for g in gs]
    pairs = zip(averages(wide, betas[0]), averages([g**2 for g in wide], betas[1]), strict=True)
    return [(t, m, v) for t, (m, v) in enumerate(pairs, start=1)]


def adagrad(gs: list[Tensor], lr: float, eps: float = 1e-10) -> list[Tensor]:
    wide = [g.double() for g in gs]
    return [lr * g / (sum(h**2 for h in wide[: k + 1]).sqrt() + eps) for k, g in enumerate(wide)]  # type: ignore[union-attr]


def rmsprop(gs: list[Tensor], lr: float, alpha: float = 0.99, eps: float = 1e-8) -> list[Tensor]:
    wide = [g.double() for g in gs]
    squares = averages([g**2 for g in wide], alpha)
    return [lr * g / (s.sqrt() + eps) for g, s in zip(wide, squares, strict=True)]


def adam(gs: list[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> list[Tensor]:
    b1, b2 = betas
    return [lr * m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + eps) for t, m, v in moments(gs, betas)]


def amsgrad(gs: list[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> list[Tensor]:
    (b1, b2), moves, u = betas, [], torch.zeros_like(gs[0]).double()
    for t, m, v in moments(gs, betas):
        u = torch.maximum(u, v)
        moves.append(lr * m / (1 - b1**t) / ((u / (1 - b2**t)).sqrt() + eps))
    return moves


def radam(gs: list[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> list[Tensor]:
    (b1, b2), moves = betas, []
    top = 2 / (1 - b2) - 1
    for t, m, v in moments(gs, betas):
        rho, move = top - 2 * t * b2**t / (1 - b2**t), lr * m / (1 - b1**t)
        if rho > 5:
            r = ((rho - 4) / (top - 4) * (rho - 2) / (top - 2) * top / rho) ** 0.5
            move = move * r * math.sqrt(1 - b2**t) / (v.sqrt() + eps)
        moves.append(move)
    return moves


def nadam(gs: list[Tensor], lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> list[Tensor]:
    (b1, b2), moves = betas, []
    for (t, m, v), g in zip(moments(gs, betas), gs, strict=True):
        ahead = b1 * m / (1 - b1 ** (t + 1)) + (1 - b1) * g.double() / (1 - b1**t)
        moves.append(lr * ahead / ((v / (1 - b2**t)).sqrt() + eps))
    return moves


def adabound(
    gs: list[Tensor],
    lr: float,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    final_lr: float = 0.1,
    gamma: float = 1e-3,
) -> list[Tensor]:
    (b1, b2), moves = betas, []
    for t, m, v in moments(gs, betas):
        low, high = final_lr - final_lr / (gamma * t + 1), final_lr + final_lr / (gamma * t)
        eta = torch.clamp(lr / ((v / (1 - b2**t)).sqrt() + eps), low, high)
        moves.append(eta * m / (1 - b1**t))
    return moves


def momentum(gs: list[Tensor], lr: float, mu: float) -> list[Tensor]:
    return [lr * sum(mu ** (k - j) * gs[j].double() for j in range(k + 1)) for k in range(len(gs))]  # type: ignore[misc]


MOVES: dict[str, Rule] = {
    "adagrad_step": adagrad,
    "rmsprop_step": rmsprop,
    "adam_step": adam,
    "amsgrad_step": amsgrad,
    "adamw_step": adam,
    "sgdw_step": momentum,
    "radam_step": radam,
    "nadam_step": nadam,
    "adabound_step": adabound,
}
RUN = """
p, state, path, buffer = start, {}, [], torch.empty_like(start)
for t, g in enumerate(gradients, start=1):
    buffer.copy_(g)
    time = () if name == "sgdw_step" else (t,)
    p = getattr(student, name)(p, buffer if shared else g, state, *time, lr, **more)
    path.append(p)
path
"""


def points(name: str, start: Tensor, gradients: list[Tensor], lr: float, wd: float = 0.0, **more: Any) -> list[Tensor]:
    """Where the rule `name` arrives after each gradient, of the dtype of `start`; wd is the decay of the W rules."""
    p, path = start.double(), []
    for move in MOVES[name](gradients, lr, **more):
        p = (1 - lr * wd) * p - move
        path.append(p.to(start.dtype))
    return path


def run(submission: Any, name: str, start: Tensor, gradients: list[Tensor], lr: float, **more: Any) -> Any:
    """The same by the student's function, in the sandbox."""
    values = {"name": name, "start": start, "gradients": gradients, "lr": lr, "more": more, "shared": False}
    return submission.build(RUN, **values)


def close(got: Any, want: list[Tensor], name: str) -> None:
    tight = {"rtol": 1e-9, "atol": 1e-10} if want[0].dtype is F64 else {}
    compare.same(got, want, what=f"the points of {name}", zh=f"{name} 的各点", **tight)


def agree(submission: Any, name: str, start: Tensor, gradients: list[Tensor], lr: float, **more: Any) -> None:
    """The student's function and the formulas arrive at the same points."""
    wd = {"wd": 0.01} if name == "adamw_step" and "wd" not in more else {}
    want = points(name, start, gradients, lr, **more, **wd)
    close(run(submission, name, start, gradients, lr, **more), want, name)


def various(draw: Draw, number: int, count: int) -> tuple[Tensor, list[Tensor]]:
    """A start and gradients whose columns have very different sizes, from 1e-9 to 1e3, in many layouts and shapes."""
    dtype, rows = float_type(number), draw.sizes(number % 3, 1, 4)
    sizes = torch.tensor([1e-9, 1e-8, 1e-4, 1.0, 1e3], dtype=F64)
    start = draw.randn(*rows, 5, dtype=dtype)
    gradients = [(draw.randn(*rows, 5) * sizes).to(dtype) for _ in range(count)]
    return draw.layout(start, number % 3), [draw.layout(g, number % 3) for g in gradients]


def rare(draw: Draw, count: int) -> tuple[Tensor, list[Tensor]]:
    """Small gradients, and every now and then one that is thirty times as large."""
    sizes = [30.0 if t % 17 == 3 else 1.0 for t in range(count)]
    return draw.randn(4), [size * (draw.randn(4) + 0.5) for size in sizes]


TIDY = """
before = [(p.clone(), g.clone()) for p, g in zip(points, gradients)]
state, other, new = {}, {}, []
for t, (p, g) in enumerate(zip(points, gradients), start=1):
    time = () if name == "sgdw_step" else (t,)
    out = getattr(student, name)(p, g, state, *time, 0.1, **more)
    new.append(isinstance(out, torch.Tensor) and out.data_ptr() not in (p.data_ptr(), g.data_ptr()))
[points, gradients, new]
"""
TWO = """
p, q, one, other, path = starts[0], starts[1], {}, {}, []
for t, (a, b) in enumerate(zip(*gradients), start=1):
    time = () if name == "sgdw_step" else (t,)
    p = getattr(student, name)(p, a, one, *time, 0.1, **more)
    q = getattr(student, name)(q, b, other, *time, 0.1, **more)
    path.append([p, q])
path
"""


def house_rules(submission: Any, draw: Draw, name: str, **more: Any) -> None:
    """No ready-made optimiser; arguments unchanged; a memory of its own; one state for each parameter."""
    source_rules.forbid_imports(submission.source, {"torch.optim"}, within=name)
    starts, gradients = [draw.randn(4) for _ in range(3)], [draw.randn(4) for _ in range(3)]
    made = submission.build(TIDY, name=name, points=starts, gradients=gradients, more=more)
    after_p, after_g, new = compare.items(made, 3, list)
    for label, before, after in (("p", starts, after_p), ("g", gradients, after_g)):
        for one, other in zip(before, compare.items(after, 3, list), strict=True):
            compare.unchanged(one, other, label)
    compare.equal(new, [True] * 3, what="whether the result has memory of its own", zh="结果是否有自己的内存")
    values = {"name": name, "start": starts[0], "gradients": gradients, "lr": 0.1, "more": more, "shared": True}
    close(submission.build(RUN, **values), points(name, starts[0], gradients, 0.1, **more), name)
    two = [gradients, [draw.randn(4) for _ in range(3)]]
    want = [points(name, starts[k], two[k], 0.1, **more) for k in (0, 1)]
    got = submission.build(TWO, name=name, starts=starts[:2], gradients=two, more=more)
    pairs = [
        compare.items(pair, 2, list, "a pair", "一对") for pair in compare.items(got, 3, list, "the pairs", "各对")
    ]
    for k in (0, 1):
        close([pair[k] for pair in pairs], want[k], f"{name}, two parameters in turn,")

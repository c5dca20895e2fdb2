"""Topic 25: gradient descent, critical points, momentum.

Fill in the functions. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments, except for the dictionary `state`, which is made for that. Nobody asks for
gradients of the results. In momentum_step and nesterov_step torch.optim may not be used; you are writing it.
"""

from __future__ import annotations

# answer
import math

# end answer
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor


def gd(grad: Callable[[Tensor], Tensor], x0: Tensor, lr: float, steps: int) -> Tensor:
    """The path of gradient descent: x_{k+1} = x_k - lr * grad(x_k).

    grad   takes a point of shape (d,) and returns the gradient there, of the same shape and dtype. It is called exactly
           `steps` times: once at each point of the path except the last one.
    x0     (d,), the start, d >= 1
    steps  >= 0

    Returns the whole path, (steps + 1, d): row 0 is x0, row k the point after k steps. If the path runs away to
    infinity, so do the rows: nothing is cut off.

    >>> gd(lambda x: torch.tensor([1.0, 4.0]) * x, torch.tensor([4.0, 1.0]), 0.25, 2)
    tensor([[4.0000, 1.0000],
            [3.0000, 0.0000],
            [2.2500, 0.0000]])
    """
    # answer
    path = [x0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return torch.stack(path)
    # end answer


def classify_critical(H: Tensor, tol: float = 1e-8) -> str:
    """What kind of critical point it is where the gradient is zero and the Hessian is H.

    H    (d, d), symmetric, d >= 1
    tol  >= 0. An eigenvalue e is negative if e < -tol, positive if e > tol, and counts as zero otherwise.

    Returns
    "saddle"      if there is a negative and a positive eigenvalue, whatever the others are;
    "min"         if all are positive;
    "max"         if all are negative;
    "degenerate"  in all other cases: there is a zero, and what is left has one sign, or nothing is left. H alone does
                  not tell then.

    >>> [classify_critical(torch.tensor(H)) for H in ([[2.0, 3.0], [3.0, 2.0]], [[4.0, 0.0], [0.0, 0.0]])]
    ['saddle', 'degenerate']
    """
    # answer
    curvatures = torch.linalg.eigvalsh(H)
    down, up = curvatures < -tol, curvatures > tol
    if down.any() and up.any():
        return "saddle"
    if up.all():
        return "min"
    return "max" if down.all() else "degenerate"
    # end answer


def escape(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor | None:
    """The direction in which f bends downwards most strongly at x.

    f  takes a tensor of shape (d,) and returns one of shape (), by torch operations that can be differentiated twice
    x  (d,), d >= 1. It need not be a critical point. It does not require grad, and still does not afterwards.

    Returns a unit eigenvector of the Hessian of f at x for the smallest eigenvalue, (d,), with either sign; if several
    eigenvectors belong to that eigenvalue, any unit vector among them. Returns None if no eigenvalue is below -1e-8,
    also if f has no curvature at all, such as f(x) = sum of x.

    >>> v = escape(lambda p: p[0] * p[1], torch.tensor([0.0, 0.0]))
    >>> bool(torch.allclose(v.abs(), torch.tensor(0.5).sqrt())), bool(v[0] * v[1] < 0)
    (True, True)
    """
    # answer
    curvatures, directions = torch.linalg.eigh(torch.autograd.functional.hessian(f, x))
    return directions[:, 0] if curvatures[0] < -1e-8 else None
    # end answer


def momentum_step(p: Tensor, g: Tensor, state: dict[str, Any], lr: float, mu: float) -> Tensor:
    """One step with momentum: v <- mu * v + g, then p - lr * v.

    p, g   the parameter and its gradient, of one shape (any)
    state  what you have to remember for this parameter, and only here. It is {} before the first step, where v is 0;
           what you put in, and under which names, is up to you. The same dictionary comes back at the next step of this
           parameter. Every parameter has a dictionary of its own.
    lr     learning rate; it may be another one at every step
    mu     0 <= mu < 1

    Returns the new p as a new tensor. As soon as you have returned, the caller may write the next gradient into the
    memory of g: keep a copy in `state`, never g itself.

    >>> p, state = torch.tensor([1.0]), {}
    >>> for _ in range(3):
    ...     p = momentum_step(p, torch.tensor([2.0]), state, 0.1, 0.5)
    ...     print(p)
    tensor([0.8000])
    tensor([0.5000])
    tensor([0.1500])
    """
    # answer
    state["v"] = mu * state["v"] + g if "v" in state else g.clone()
    return p - lr * state["v"]
    # end answer


def nesterov_step(p: Tensor, g: Tensor, state: dict[str, Any], lr: float, mu: float) -> Tensor:
    """One step that looks ahead: v <- mu * v + g, then p - lr * (g + mu * v), with the new v. All else as above.

    >>> p, state = torch.tensor([1.0]), {}
    >>> for _ in range(2):
    ...     p = nesterov_step(p, torch.tensor([2.0]), state, 0.1, 0.5)
    ...     print(p)
    tensor([0.7000])
    tensor([0.3500])
    """
    # answer
    state["v"] = mu * state["v"] + g if "v" in state else g.clone()
    return p - lr * (g + mu * state["v"])
    # end answer


def ema(xs: list[float], beta: float) -> list[float]:
    """The bias-corrected exponential moving average after each number of a list.

    xs    any length
    beta  0 <= beta < 1, the share of the past: m_t = beta * m_{t-1} + (1 - beta) * x_t with m_0 = 0

    Returns as many Python floats: entry t (counted from 1) is m_t / (1 - beta^t).

    >>> [round(m, 6) for m in ema([10.0, 19.0], 0.8)]
    [10.0, 15.0]
    """
    # answer
    m, means = 0.0, []
    for t, x in enumerate(xs, start=1):
        m = beta * m + (1 - beta) * x
        means.append(m / (1 - beta**t))
    return means
    # end answer


def updates_per_run(n: int, batch: int, epochs: int) -> int:
    """How many steps a training makes: n samples in batches of `batch` >= 1, the last of which may be smaller, through
    `epochs` epochs. n and epochs may be 0. A Python int.

    >>> updates_per_run(1000, 64, 10)
    160
    """
    # answer
    return math.ceil(n / batch) * epochs
    # end answer


def steps_to(
    f: Callable[[Tensor], Tensor], x0: Tensor, method: str, lr: float, mu: float, tol: float, max_steps: int
) -> int:
    """How many steps it takes until f is at most `tol`.

    f       takes a tensor of shape (d,) and returns one of shape (), by torch operations that can be differentiated
    x0      (d,), the start. It does not require grad, and still does not afterwards.
    method  "gd": x - lr * gradient; mu does not matter. "momentum": as momentum_step, with v = 0 at the start. Anything
            else raises ValueError, whatever the other arguments are.

    Returns the smallest k in 0 .. max_steps with f(x_k) <= tol, where x_k is the point after k steps; max_steps if
    there is none, also if the path runs away; nan is not at most anything. A Python int.

    >>> f, x0 = lambda x: (x ** 2).sum(), torch.tensor([1.0])
    >>> steps_to(f, x0, "gd", 0.25, 0.0, 0.01, 100), steps_to(f, x0, "momentum", 0.25, 0.5, 0.01, 100)
    (4, 2)
    """
    # answer
    if method not in ("gd", "momentum"):
        raise ValueError(f'method is "gd" or "momentum", not {method!r}')
    x, v, kept = x0.detach(), torch.zeros_like(x0), mu if method == "momentum" else 0.0
    for k in range(max_steps):
        point = x.clone().requires_grad_()
        height = f(point)
        if height <= tol:
            return k
        (slope,) = torch.autograd.grad(height, point)
        v = kept * v + slope
        x = x - lr * v
    return max_steps
    # end answer

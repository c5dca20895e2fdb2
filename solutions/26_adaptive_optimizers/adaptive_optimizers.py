"""Topic 26: optimisers that give every weight a rate of its own.

Fill in the functions and the class. Until you do, they raise NotImplementedError and count as "not started".

What is the same for all `..._step` functions:
p, g   a parameter and its gradient, of one shape (any) and one dtype, float32 or float64. Neither changes; as soon as
       you have returned, the caller may write the next gradient into the memory of g.
state  a dictionary, {} before the first step. It holds what you have to remember of this parameter, under names of your
       choice, and nothing else does. The same dictionary comes back at the next step.
t      the number of this step, counted from 1
lr     learning rate > 0; it may be another one at every step
They return the new p as a new tensor. All operations are meant entry by entry. Every m, v and s is 0 before the first
step. torch.optim may not be used anywhere in this file; you are writing it.
"""

from __future__ import annotations

# answer
import math

# end answer
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

Betas = tuple[float, float]


# answer
def _moments(state: dict[str, Any], g: Tensor, betas: Betas) -> tuple[Tensor, Tensor]:
    """The averages of the gradient and of its square, one step on."""
    for name, beta, x in (("m", betas[0], g), ("v", betas[1], g**2)):
        state[name] = beta * state.get(name, torch.zeros_like(g)) + (1 - beta) * x
    return state["m"], state["v"]


# end answer
def adagrad_step(p: Tensor, g: Tensor, state: dict[str, Any], t: int, lr: float, eps: float = 1e-10) -> Tensor:
    """Adagrad: s <- s + g^2, then p - lr * g / (sqrt(s) + eps). Where g has been 0 so far, p stays; t is not needed.

    >>> state = {}
    >>> p = adagrad_step(torch.tensor([1.0]), torch.tensor([3.0]), state, 1, 0.5)
    >>> p, adagrad_step(p, torch.tensor([4.0]), state, 2, 0.5)
    (tensor([0.5000]), tensor([0.1000]))
    """
    # answer
    state["s"] = state.get("s", 0) + g**2
    return p - lr * g / (state["s"].sqrt() + eps)
    # end answer


def rmsprop_step(
    p: Tensor, g: Tensor, state: dict[str, Any], t: int, lr: float, alpha: float = 0.99, eps: float = 1e-8
) -> Tensor:
    """RMSprop: s <- alpha * s + (1 - alpha) * g^2, then p - lr * g / (sqrt(s) + eps). No bias correction; t is not
    needed. 0 <= alpha < 1.

    >>> state = {}
    >>> p = rmsprop_step(torch.tensor([1.0]), torch.tensor([2.0]), state, 1, 0.1, alpha=0.75)
    >>> p, rmsprop_step(p, torch.tensor([1.0]), state, 2, 0.1, alpha=0.75)
    (tensor([0.8000]), tensor([0.7000]))
    """
    # answer
    state["s"] = alpha * state.get("s", 0) + (1 - alpha) * g**2
    return p - lr * g / (state["s"].sqrt() + eps)
    # end answer


def adam_step(
    p: Tensor, g: Tensor, state: dict[str, Any], t: int, lr: float, betas: Betas = (0.9, 0.999), eps: float = 1e-8
) -> Tensor:
    """Adam, with betas = (b1, b2), both in [0, 1):

    m <- b1 * m + (1 - b1) * g           m_hat = m / (1 - b1^t)
    v <- b2 * v + (1 - b2) * g^2         v_hat = v / (1 - b2^t)
    p - lr * m_hat / (sqrt(v_hat) + eps)

    eps stands outside the root, beside the corrected v_hat.

    >>> state = {}
    >>> p = adam_step(torch.tensor([1.0]), torch.tensor([2.0]), state, 1, 0.1, (0.5, 0.75))
    >>> p, adam_step(p, torch.tensor([1.0]), state, 2, 0.1, (0.5, 0.75))
    (tensor([0.9000]), tensor([0.8118]))
    """
    # answer
    m, v = _moments(state, g, betas)
    return p - lr * (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)).sqrt() + eps)
    # end answer


def amsgrad_step(
    p: Tensor, g: Tensor, state: dict[str, Any], t: int, lr: float, betas: Betas = (0.9, 0.999), eps: float = 1e-8
) -> Tensor:
    """AMSGrad: m, v and m_hat as in adam_step; then the largest v so far, before any correction, takes the place of v:

    u <- max(u, v)                       u_hat = u / (1 - b2^t)
    p - lr * m_hat / (sqrt(u_hat) + eps)

    v itself goes on forgetting; only u does not. u is 0 before the first step.

    >>> state = {}
    >>> p = amsgrad_step(torch.tensor([1.0]), torch.tensor([4.0]), state, 1, 0.1, (0.0, 0.75))
    >>> p, amsgrad_step(p, torch.tensor([1.0]), state, 2, 0.1, (0.0, 0.75))
    (tensor([0.9000]), tensor([0.8669]))
    """
    # answer
    m, v = _moments(state, g, betas)
    state["u"] = torch.maximum(state.get("u", v), v)
    return p - lr * (m / (1 - betas[0] ** t)) / ((state["u"] / (1 - betas[1] ** t)).sqrt() + eps)
    # end answer


def adamw_step(
    p: Tensor,
    g: Tensor,
    state: dict[str, Any],
    t: int,
    lr: float,
    betas: Betas = (0.9, 0.999),
    eps: float = 1e-8,
    wd: float = 0.01,
) -> Tensor:
    """AdamW: p shrinks to (1 - lr * wd) * p, and the step of adam_step goes on from there. m and v know nothing of wd.

    >>> adamw_step(torch.tensor([10.0]), torch.tensor([3.0]), {}, 1, 0.1, wd=0.5)
    tensor([9.4000])
    """
    # answer
    m, v = _moments(state, g, betas)
    move = (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)).sqrt() + eps)
    return (1 - lr * wd) * p - lr * move
    # end answer


def sgdw_step(p: Tensor, g: Tensor, state: dict[str, Any], lr: float, mu: float, wd: float) -> Tensor:
    """Momentum with the same kind of decay: v <- mu * v + g, then (1 - lr * wd) * p - lr * v. v knows nothing of wd.

    >>> state = {}
    >>> p = sgdw_step(torch.tensor([10.0]), torch.tensor([2.0]), state, 0.1, 0.5, 0.5)
    >>> p, sgdw_step(p, torch.tensor([2.0]), state, 0.1, 0.5, 0.5)
    (tensor([9.3000]), tensor([8.5350]))
    """
    # answer
    state["v"] = mu * state.get("v", 0) + g
    return (1 - lr * wd) * p - lr * state["v"]
    # end answer


def radam_step(
    p: Tensor, g: Tensor, state: dict[str, Any], t: int, lr: float, betas: Betas = (0.9, 0.999), eps: float = 1e-8
) -> Tensor:
    """RAdam: m, v and m_hat as in adam_step. As long as v rests on too few gradients it is not used at all:

    R = 2 / (1 - b2) - 1                 rho = R - 2 * t * b2^t / (1 - b2^t)
    if rho <= 5:  p - lr * m_hat
    if rho > 5:   p - lr * r * m_hat * sqrt(1 - b2^t) / (sqrt(v) + eps)
                  with r = sqrt((rho - 4) * (rho - 2) * R / ((R - 4) * (R - 2) * rho))

    Here eps stands beside the uncorrected v, as in torch.

    >>> radam_step(torch.tensor([1.0]), torch.tensor([2.0]), {}, 1, 0.1)
    tensor([0.8000])
    """
    # answer
    m, v = _moments(state, g, betas)
    m_hat, kept = m / (1 - betas[0] ** t), betas[1] ** t
    longest = 2 / (1 - betas[1]) - 1
    rho = longest - 2 * t * kept / (1 - kept)
    if rho <= 5:
        return p - lr * m_hat
    r = math.sqrt((rho - 4) * (rho - 2) * longest / ((longest - 4) * (longest - 2) * rho))
    return p - lr * r * m_hat * math.sqrt(1 - kept) / (v.sqrt() + eps)
    # end answer


def nadam_step(
    p: Tensor, g: Tensor, state: dict[str, Any], t: int, lr: float, betas: Betas = (0.9, 0.999), eps: float = 1e-8
) -> Tensor:
    """Nadam in Dozat's simple form: m, v and v_hat as in adam_step; m_hat is replaced by a look ahead:

    n = b1 * m / (1 - b1^(t+1)) + (1 - b1) * g / (1 - b1^t)
    p - lr * n / (sqrt(v_hat) + eps)

    torch.optim.NAdam does something else: it lets b1 change with t.

    >>> nadam_step(torch.tensor([1.0]), torch.tensor([2.0]), {}, 1, 0.1, (0.5, 0.75))
    tensor([0.8667])
    """
    # answer
    m, v = _moments(state, g, betas)
    n = betas[0] * m / (1 - betas[0] ** (t + 1)) + (1 - betas[0]) * g / (1 - betas[0] ** t)
    return p - lr * n / ((v / (1 - betas[1] ** t)).sqrt() + eps)
    # end answer


def adabound_step(
    p: Tensor,
    g: Tensor,
    state: dict[str, Any],
    t: int,
    lr: float,
    betas: Betas = (0.9, 0.999),
    eps: float = 1e-8,
    final_lr: float = 0.1,
    gamma: float = 1e-3,
) -> Tensor:
    """AdaBound: Adam whose rate, entry by entry, is cut to an interval that closes around final_lr.

    low = final_lr * (1 - 1 / (gamma * t + 1))     high = final_lr * (1 + 1 / (gamma * t))
    eta = lr / (sqrt(v_hat) + eps), cut to the interval [low, high]
    p - eta * m_hat, with m_hat and v_hat as in adam_step

    >>> adabound_step(torch.tensor([1.0]), torch.tensor([2.0]), {}, 1, 1.0, final_lr=0.1, gamma=1.0)
    tensor([0.6000])
    """
    # answer
    m, v = _moments(state, g, betas)
    low, high = final_lr * (1 - 1 / (gamma * t + 1)), final_lr * (1 + 1 / (gamma * t))
    eta = (lr / ((v / (1 - betas[1] ** t)).sqrt() + eps)).clamp(low, high)
    return p - eta * m / (1 - betas[0] ** t)
    # end answer


class Adam:
    """Adam for all parameters of a model, with the interface of torch's optimisers.

    params        parameters (leaves that require grad), in anything that can be looped over once: model.parameters()
    weight_decay  as in torch.optim.Adam (not AdamW): weight_decay * p is added to the gradient before anything else;
                  the tensor p.grad itself is not changed

    >>> p = torch.nn.Parameter(torch.tensor([1.0, -1.0]))
    >>> opt = Adam([p], lr=0.1)
    >>> (p ** 2).sum().backward()
    >>> opt.step()
    >>> opt.zero_grad()
    >>> p.data
    tensor([ 0.9000, -0.9000])
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        betas: Betas = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        """Remembers the parameters; nothing else happens yet."""
        # answer
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0 for _ in self.params]
        # end answer

    def step(self) -> None:
        """One step of Adam for every parameter, in place, from its .grad; autograd does not record it. Where .grad is
        None, the parameter is left alone, and so is all that is remembered of it: each counts its own steps."""
        # answer
        b1, b2 = self.betas
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                self.t[i] += 1
                self.m[i] = b1 * self.m[i] + (1 - b1) * g
                self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
                v_hat = self.v[i] / (1 - b2 ** self.t[i])
                p.sub_(self.lr * self.m[i] / (1 - b1 ** self.t[i]) / (v_hat.sqrt() + self.eps))
        # end answer

    def zero_grad(self) -> None:
        """Afterwards the .grad of every parameter is None or all zeros; which of them is up to you."""
        # answer
        for p in self.params:
            p.grad = None
        # end answer

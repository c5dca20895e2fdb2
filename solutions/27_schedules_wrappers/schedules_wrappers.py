"""Topic 27: schedules for the learning rate, and four tricks around an optimiser.

Fill in the functions and the class. Until you do, they raise NotImplementedError and count as "not started".

In all schedules t is the number of the step (or of the epoch), an int >= 0: the first one is t = 0. They return Python
numbers. Schedules of torch (torch.optim.lr_scheduler) may not be used.
"""

from __future__ import annotations

# answer
import math

# end answer
import torch
from torch import Generator, Tensor


# answer
def _cosine(u: float, lr_max: float, lr_min: float) -> float:
    """From lr_max at u = 0 to lr_min at u = 1 on half a wave."""
    return lr_min + (lr_max - lr_min) * (1 + math.cos(math.pi * u)) / 2


# end answer
def warmup_cosine(t: int, total: int, warmup: int, lr_max: float, lr_min: float = 0.0) -> float:
    """A straight line up, then half a cosine wave down.

    0 <= warmup < total; lr_min does not matter while it warms up.

    t < warmup            lr_max * (t + 1) / warmup: no step is lost, and step warmup - 1 is at the top
    warmup <= t <= total  lr_min + (lr_max - lr_min) * (1 + cos(pi * u)) / 2
                          with u = (t - warmup) / (total - warmup)
    t > total             lr_min

    >>> [round(warmup_cosine(t, 10, 2, 0.8), 4) for t in (0, 1, 2, 4, 6, 10)]
    [0.4, 0.8, 0.8, 0.6828, 0.4, 0.0]
    """
    # answer
    if t < warmup:
        return lr_max * (t + 1) / warmup
    return _cosine(min(1.0, (t - warmup) / (total - warmup)), lr_max, lr_min)
    # end answer


def sgdr(t: int, T0: int, mult: int, lr_max: float, lr_min: float = 0.0) -> float:
    """Cosine waves with warm restarts: cycle i = 0, 1, 2, ... has T0 * mult^i steps.

    T0 >= 1, mult >= 1. With s steps done in the current cycle of length T, that is 0 <= s < T:
    lr_min + (lr_max - lr_min) * (1 + cos(pi * s / T)) / 2. At the first step of each cycle that is lr_max; lr_min is
    never quite reached.

    >>> [round(sgdr(t, 4, 2, 1.0), 4) for t in (0, 1, 2, 4, 8, 12)]
    [1.0, 0.8536, 0.5, 1.0, 0.5, 1.0]
    """
    # answer
    length = T0
    while t >= length:
        t -= length
        length *= mult
    return _cosine(t / length, lr_max, lr_min)
    # end answer


def triangular(t: int, step_size: int, lo: float, hi: float) -> float:
    """A straight line from lo (t = 0) up to hi (t = step_size) and down to lo again (t = 2 * step_size), repeated for
    ever. step_size >= 1.

    >>> [round(triangular(t, 4, 0.1, 0.5), 4) for t in (0, 1, 4, 6, 8)]
    [0.1, 0.2, 0.5, 0.3, 0.1]
    """
    # answer
    place = t % (2 * step_size)
    return lo + (hi - lo) * (1 - abs(place / step_size - 1))
    # end answer


def one_cycle(t: int, total: int, lo: float, hi: float, final: float) -> tuple[float, float]:
    """One triangle for the rate, with a tail, and its mirror image for the momentum. total >= 1.

    t                          learning rate    momentum
    0                          lo               0.95
    0.45 * total               hi               0.85
    0.9 * total                lo               0.95
    total, and ever after      final            0.95

    In between both follow straight lines. Returns the pair (learning rate, momentum).

    >>> [tuple(round(x, 4) for x in one_cycle(t, 100, 0.1, 1.0, 0.01)) for t in (0, 30, 45, 95, 100)]
    [(0.1, 0.95), (0.7, 0.8833), (1.0, 0.85), (0.055, 0.95), (0.01, 0.95)]
    """
    # answer
    u = min(1.0, t / total)
    if u < 0.9:
        height = 1 - abs(u / 0.45 - 1)
        return lo + (hi - lo) * height, 0.95 - 0.1 * height
    return lo + (final - lo) * (u - 0.9) / 0.1, 0.95
    # end answer


def noam(t: int, d_model: int, warmup: int) -> float:
    """The schedule of the first transformer: min(1 / sqrt(t), t / warmup^1.5) / sqrt(d_model); 0 at t = 0. warmup >= 1.

    >>> noam(0, 4, 4), noam(1, 4, 4), noam(4, 4, 4), noam(16, 4, 4)
    (0.0, 0.0625, 0.25, 0.125)
    """
    # answer
    return min(max(t, 1) ** -0.5, t * warmup**-1.5) / math.sqrt(d_model)
    # end answer


def step_decay(t: int, lr0: float, gamma: float, every: int) -> float:
    """A staircase: lr0, multiplied by gamma once for each full `every` steps that are done. every >= 1.

    >>> [round(step_decay(t, 0.8, 0.5, 10), 4) for t in (0, 9, 10, 25)]
    [0.8, 0.8, 0.4, 0.2]
    """
    # answer
    return lr0 * gamma ** (t // every)
    # end answer


def exponential(t: int, lr0: float, gamma: float) -> float:
    """lr0 * gamma^t.

    >>> round(exponential(3, 0.8, 0.5), 4)
    0.1
    """
    # answer
    return lr0 * gamma**t
    # end answer


class Lookahead:
    """An optimiser around an optimiser: the inner one runs ahead; every k steps a slow copy follows part of the way.

    inner  an optimiser of torch. Its parameters are those in all groups of inner.param_groups, a list of dictionaries
           with a list under "params" each.
    k      >= 1; alpha in (0, 1]

    The slow weights are copies of the parameters at the time when Lookahead is made, of the same dtype. Nothing that
    the inner optimiser remembers (such as momentum) is changed, ever.

    >>> p = torch.nn.Parameter(torch.tensor([1.0]))
    >>> opt = Lookahead(torch.optim.SGD([p], lr=0.1), k=2, alpha=0.5)
    >>> for _ in range(4):
    ...     p.grad = torch.ones(1)
    ...     opt.step()
    ...     print(round(p.item(), 4))
    0.9
    0.9
    0.8
    0.8
    """

    def __init__(self, inner: torch.optim.Optimizer, k: int = 5, alpha: float = 0.5) -> None:
        """Copies the parameters; does not change them."""
        # answer
        self.inner, self.k, self.alpha, self.count = inner, k, alpha, 0
        self.fast = [p for group in inner.param_groups for p in group["params"]]
        self.slow = [p.detach().clone() for p in self.fast]
        # end answer

    def step(self) -> None:
        """One step of the inner optimiser. If it was the k-th since the start or since the last time, then

        slow <- slow + alpha * (fast - slow), and fast <- slow,

        where fast are the parameters themselves: they change in place and go on requiring grad, and autograd does not
        record it.
        """
        # answer
        self.inner.step()
        self.count += 1
        if self.count % self.k == 0:
            with torch.no_grad():
                for fast, slow in zip(self.fast, self.slow, strict=True):
                    slow.add_(fast - slow, alpha=self.alpha)
                    fast.copy_(slow)
        # end answer

    def zero_grad(self) -> None:
        """zero_grad of the inner optimiser."""
        # answer
        self.inner.zero_grad()
        # end answer


def swats_gamma(p_step: Tensor, g: Tensor) -> float | None:
    """The learning rate with which plain SGD would have made a step of the same size in the direction that counts.

    p_step, g  what an optimiser added to a parameter, and the gradient, of one shape (any)

    Returns p.p / (-p.g) as a Python float, with sums over all entries; None if p.g is exactly 0: no rate would do.

    >>> round(swats_gamma(torch.tensor([-0.2, 0.1]), torch.tensor([1.0, -0.5])), 4)
    0.2
    """
    # answer
    along = (p_step * g).sum().item()
    return None if along == 0 else (p_step * p_step).sum().item() / -along
    # end answer


def should_switch(lam: float, gamma: float, beta2: float, t: int, eps: float) -> bool:
    """Whether the rate has come to rest, so that SGD may take over from Adam.

    lam  beta2 * lam + (1 - beta2) * gamma, the running average after t >= 1 steps, which began at 0

    Returns True (a Python bool) if t > 1 and the corrected average lam / (1 - beta2^t) is less than eps away from the
    latest gamma. At t = 1 they are the same number anyway, which proves nothing: False.

    >>> should_switch(0.038, 0.2005, 0.9, 2, 0.001), should_switch(0.038, 0.202, 0.9, 2, 0.001)
    (True, False)
    """
    # answer
    return t > 1 and abs(lam / (1 - beta2**t) - gamma) < eps
    # end answer


def noisy_grad_(p: Tensor, t: int, eta: float, gamma: float, generator: Generator) -> None:
    """Adds noise to p.grad, in place: to each entry a number of its own, from the normal distribution with mean 0
    and the VARIANCE eta / (1 + t)^gamma.

    p          a parameter (float32 or float64), which does not change; if its .grad is None, nothing happens
    generator  the only source of randomness: equal states give equal noise

    >>> p = torch.nn.Parameter(torch.zeros(3))
    >>> p.grad = torch.ones(3)
    >>> noisy_grad_(p, 0, 0.0, 0.55, torch.Generator())
    >>> p.grad
    tensor([1., 1., 1.])
    """
    # answer
    if p.grad is not None:
        noise = torch.randn(p.grad.shape, generator=generator, dtype=p.grad.dtype)
        p.grad += math.sqrt(eta / (1 + t) ** gamma) * noise
    # end answer

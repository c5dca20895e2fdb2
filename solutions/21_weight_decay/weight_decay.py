"""Topic 21: weight decay and other norm constraints.

Fill in the seven functions. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments, except project_l2_, whose name says so. The objective is the same everywhere
in this topic, with n rows, weights w, an intercept b and the strength lam:

    sum over the rows of (x w + b - y)^2 / (2 n)  +  lam * ||w||^2 / 2

||w|| is the L2 norm, the square root of the sum of all squares. Only weights are penalised, never b.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Generator, Tensor, nn


def l2_penalty(params: Iterable[Tensor]) -> Tensor:
    """Half the sum of the squares of all entries of all weights.

    params  tensors of one dtype, in anything that can be looped over once: a list, or model.parameters(). Those with at
            least two dimensions are weights; the others (biases, scales) do not count.

    Returns a tensor of shape (), with a gradient back to the weights. If no tensor counts, it is 0 (of whatever
    floating dtype).

    >>> l2_penalty([torch.tensor([[3.0, -1.0]]), torch.tensor([100.0]), torch.tensor([[2.0], [0.0]])])
    tensor(7.)
    """
    # answer
    squares = [param.square().sum() for param in params if param.dim() >= 2]
    return torch.stack(squares).sum() / 2 if squares else torch.zeros(())
    # end answer


def l1_penalty(params: Iterable[Tensor]) -> Tensor:
    """The sum of the absolute values of all entries of all weights (not halved); otherwise like l2_penalty.

    Its gradient is the sign of the entry, and 0 at an entry that is 0.

    >>> l1_penalty([torch.tensor([[3.0, -1.0]]), torch.tensor([100.0]), torch.tensor([[2.0], [0.0]])])
    tensor(6.)
    """
    # answer
    sizes = [param.abs().sum() for param in params if param.dim() >= 2]
    return torch.stack(sizes).sum() if sizes else torch.zeros(())
    # end answer


def sgd_wd_step(w: Tensor, b: Tensor, gw: Tensor, gb: Tensor, lr: float, lam: float) -> tuple[Tensor, Tensor]:
    """One step of gradient descent on loss + lam * ||w||^2 / 2.

    w, gw  weights and the gradient of the loss alone with respect to them, of one shape (any)
    b, gb  the same for the intercept, of one shape (any); it does not decay
    lr     learning rate >= 0; lam >= 0

    Returns the pair of new tensors (w', b') with w' = (1 - lr * lam) * w - lr * gw.

    >>> w, b, gw, gb = (torch.tensor(v) for v in ([10.0, -4.0], [1.0], [2.0, 0.0], [3.0]))
    >>> sgd_wd_step(w, b, gw, gb, 0.5, 0.2)
    (tensor([ 8.0000, -3.6000]), tensor([-0.5000]))
    """
    # answer
    return (1 - lr * lam) * w - lr * gw, b - lr * gb
    # end answer


def project_l2_(w: Tensor, radius: float) -> Tensor:
    """Move w onto the nearest point with ||w|| <= radius, in place. Returns w itself.

    w       any shape; the norm is that of all its entries together. It may be a Parameter, or a view of a part of a
            bigger tensor, of which then only that part changes. Autograd does not record what happens here.
    radius  >= 0, else ValueError. Inside, and exactly on the sphere, not a bit of w changes.

    >>> w = torch.tensor([[6.0, 8.0]])
    >>> project_l2_(w, 5.0) is w, w
    (True, tensor([[3., 4.]]))
    """
    # answer
    if radius < 0:
        raise ValueError(f"a radius is at least 0, not {radius}")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w.mul_(radius / length)
    return w
    # end answer


def ridge_path(X: Tensor, y: Tensor, lams: list[float]) -> Tensor:
    """||w|| of the exact minimum of the objective at the top of this file, for each strength.

    X, y  (n, d) and (n, 1), n >= 1 and d >= 1
    lams  k >= 0 strengths, in any order; a negative one raises ValueError. At 0 there may be many minima: take the w
          with the smallest norm, which is what the minima for lam > 0 tend to.

    Returns (k,): one norm for each entry of lams, in that order. b is not penalised: a constant that is added to all of
    y, or to a column of X, changes none of them. No gradient is needed.

    >>> ridge_path(torch.tensor([[0.0], [2.0]]), torch.tensor([[1.0], [5.0]]), [0.0, 1.0, 3.0])
    tensor([2.0000, 1.0000, 0.5000])
    """
    # answer
    if any(lam < 0 for lam in lams):
        raise ValueError("a strength is at least 0")
    U, S, _ = torch.linalg.svd(X - X.mean(0), full_matrices=False)
    along = (U.T @ (y - y.mean(0))).squeeze(1)
    kept = S.amax() * max(X.shape) * torch.finfo(X.dtype).eps < S
    S, along = S[kept], along[kept]
    strengths = torch.tensor(lams, dtype=X.dtype, device=X.device).reshape(-1, 1)
    return (S * along / (S.square() + len(X) * strengths)).square().sum(1).sqrt()
    # end answer


def make_param_groups(model: nn.Module, wd: float) -> list[dict[str, Any]]:
    """Two groups for an optimiser of torch: what decays, and what does not.

    Returns [{"params": [...], "weight_decay": wd}, {"params": [...], "weight_decay": 0.0}]. The first holds the
    parameters of the model with at least two dimensions, the second all others (biases, scales and shifts of
    normalisation layers). Each parameter is in one group, once, also if it is frozen and if two layers share it; each
    group has the order of model.parameters(). A group may be empty.

    >>> groups = make_param_groups(nn.Sequential(nn.Linear(3, 2), nn.LayerNorm(2)), 0.1)
    >>> [(len(group["params"]), group["weight_decay"]) for group in groups]
    [(1, 0.1), (3, 0.0)]
    """
    # answer
    params = list(model.parameters())
    decayed = [param for param in params if param.dim() >= 2]
    others = [param for param in params if param.dim() < 2]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
    # end answer


def train_highdim(
    X: Tensor, y: Tensor, wd: float, epochs: int, lr: float, generator: Generator
) -> tuple[Tensor, Tensor]:
    """Linear regression by gradient descent with weight decay, from a random start.

    X, y       (n, d) and (n, 1) float32, n >= 1
    wd         strength lam of the penalty, >= 0
    epochs     >= 0. Each epoch is one step of learning rate `lr` on the objective at the top of this file, all n rows
               at once: neither batches nor momentum. By hand, by sgd_wd_step, or by torch.optim.SGD: as you like.
    generator  the only source of randomness, for the start: every entry of w is drawn from the standard normal
               distribution, b is 0. Equal states give equal starts, however many epochs follow.

    Returns the pair (w, b) of shapes (d, 1) and (1,), float32, which need no gradient. With epochs=0 that is the start.

    >>> w, b = train_highdim(torch.randn(4, 6), torch.randn(4, 1), 3.0, 10, 0.05, torch.Generator().manual_seed(0))
    >>> w.shape, b.shape
    (torch.Size([6, 1]), torch.Size([1]))
    """
    # answer
    model = nn.Linear(X.shape[1], 1)
    with torch.no_grad():
        model.weight.copy_(torch.randn(1, X.shape[1], generator=generator))
        model.bias.zero_()
    optimizer = torch.optim.SGD(make_param_groups(model, wd), lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        ((model(X) - y) ** 2 / 2).mean().backward()
        optimizer.step()
    return model.weight.detach().T.contiguous(), model.bias.detach()
    # end answer

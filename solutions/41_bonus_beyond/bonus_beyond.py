"""Topic 41, a bonus: five things beyond supervised learning. Clusters, PCA, ranking, a bandit, one step of a GAN.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. No function changes its arguments unless that is said. A `generator` is the only
source of randomness: the same state gives the same result. All numbers are finite. Where a score or a distance is the
same for several, the one with the lowest index comes first.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn
from torch.optim import Optimizer


def kmeans_step(X: Tensor, centres: Tensor) -> tuple[Tensor, Tensor]:
    """One round of k-means: every row chooses, then every centre moves.

    X (n, d) with n >= 1; centres (k, d) with k >= 1

    Returns (new centres (k, d), labels (n,) int64). labels[i] is the nearest of the GIVEN centres to row i (Euclidean
    distance, ties to the lowest index); a new centre is the mean of the rows that have chosen it. A centre that no row
    has chosen stays where it is.

    >>> kmeans_step(torch.tensor([[0.0], [1.0], [2.0], [9.0]]), torch.tensor([[0.0], [5.0], [100.0]]))
    (tensor([[  1.],
            [  9.],
            [100.]]), tensor([0, 0, 0, 1]))
    """
    # answer
    labels = (X[:, None] - centres).square().sum(dim=2).argmin(dim=1)
    moved = centres.clone()
    for label in labels.unique():
        moved[label] = X[labels == label].mean(dim=0)
    return moved, labels
    # end answer


def kmeans(X: Tensor, k: int, generator: Generator, restarts: int) -> tuple[Tensor, Tensor]:
    """k centres with a small inertia: the sum over all rows of the squared distance to the nearest centre.

    X (n, d); 1 <= k <= n; restarts >= 1

    `restarts` times: start at k different rows of X, drawn with the generator, and repeat kmeans_step until the labels
    stay the same. Of the ends, the one with the smallest inertia is returned: (centres (k, d), labels (n,) int64). The
    labels belong to these centres, and every chosen centre is the mean of its rows.
    (Which rows are drawn, and in which order, is free.)

    >>> kmeans(torch.tensor([[0.0], [2.0], [10.0]]), k=1, generator=torch.Generator(), restarts=1)
    (tensor([[4.]]), tensor([0, 0, 0]))
    """
    # answer
    best = None
    for _ in range(restarts):
        centres = X[torch.randperm(len(X), generator=generator)[:k]]
        labels = None
        while True:
            centres, chosen = kmeans_step(X, centres)
            if labels is not None and torch.equal(chosen, labels):
                break
            labels = chosen
        inertia = (X - centres[labels]).square().sum()
        if best is None or inertia < best[0]:
            best = (inertia, centres, labels)
    return best[1], best[2]
    # end answer


def pca(X: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """The k directions in which the rows of X vary most, and their mean.

    X (n, d) with n >= 2; 1 <= k <= min(n, d)

    Returns (components (k, d), mean (d,)). The components are orthonormal rows, that of the largest variance first; the
    sign of each is free. Not torch.pca_lowrank, which only estimates them, at random.

    >>> components, mean = pca(torch.tensor([[0.0, 0.0], [4.0, 4.0], [1.0, 3.0], [3.0, 1.0]]), k=1)
    >>> components.abs(), mean
    (tensor([[0.7071, 0.7071]]), tensor([2., 2.]))
    """
    # answer
    mean = X.mean(dim=0)
    _, _, rows = torch.linalg.svd(X - mean, full_matrices=False)
    return rows[:k], mean
    # end answer


def reconstruct(X: Tensor, components: Tensor, mean: Tensor) -> Tensor:
    """The shadow of every row of X on the components, seen in the old coordinates.

    X (n, d); components (k, d) with orthonormal rows; mean (d,)

    Returns (n, d): the point nearest to each row among all mean + a mixture of the components.

    >>> reconstruct(torch.tensor([[1.0, 3.0]]), torch.tensor([[0.0, 1.0]]), torch.tensor([2.0, 2.0]))
    tensor([[2., 3.]])
    """
    # answer
    return (X - mean) @ components.T @ components + mean
    # end answer


def search_topk(q: Tensor, docs: Tensor, k: int) -> Tensor:
    """The indices of the k documents with the highest score, best first.

    q (d,), docs (n, d), k >= 1; the score of a document is its scalar product with q

    Returns int64 (min(k, n),). Equal scores: the lower index first.

    >>> search_topk(torch.tensor([1.0, 2.0]), torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [3.0, 1.0]]), k=3)
    tensor([3, 1, 2])
    """
    # answer
    return (docs @ q).argsort(descending=True, stable=True)[:k]
    # end answer


def recommend(U: Tensor, I: Tensor, seen: Tensor, k: int) -> Tensor:  # noqa: E741
    """For every user the k items with the highest score among those he has not seen, best first.

    U (u, d), one row for each user; I (i, d), one row for each item; seen (u, i) bool; k >= 1. The score of an item for
    a user is the scalar product of their rows; it may be any number.

    Returns int64 (u, min(k, i)). Equal scores: the lower index first. Where fewer items are left than columns, the rest
    of the row is -1.

    >>> U, I = torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [3.0, 1.0]])
    >>> recommend(U, I, torch.tensor([[False, False, False, True]]), k=4)
    tensor([[ 1,  2,  0, -1]])
    """
    # answer
    scores = (U @ I.T).masked_fill(seen, -torch.inf)
    order = scores.argsort(dim=1, descending=True, stable=True)
    return order.masked_fill(seen.gather(1, order), -1)[:, :k]
    # end answer


def epsilon_greedy(p: list[float], T: int, eps: float, generator: Generator) -> tuple[float, Tensor]:
    """Play a bandit with len(p) arms T times; arm a pays 1 with probability p[a], else 0.

    p          k >= 1 probabilities from 0 to 1. The player must not look at them; only the machine does, to pay.
    T          >= 1
    eps        from 0 to 1. Each time, with this probability, an arm is pulled that is drawn evenly from all k; else the
               arm with the highest estimate, of equal ones the first
    generator  the only source of randomness

    The estimate of an arm is the mean of what it has paid so far, and 0 before its first pull.

    Returns (mean reward of all T pulls, a Python float; the estimates at the end, float64 (k,)).

    >>> epsilon_greedy([1.0, 0.0], 8, 0.0, torch.Generator())
    (1.0, tensor([1., 0.], dtype=torch.float64))
    """
    # answer
    estimates, pulls, total = [0.0] * len(p), [0] * len(p), 0
    chance = torch.rand(T, 3, generator=generator, dtype=torch.float64).tolist()
    for explores, which, luck in chance:
        arm = int(which * len(p)) if explores < eps else estimates.index(max(estimates))
        reward = int(luck < p[arm])
        total += reward
        pulls[arm] += 1
        estimates[arm] += (reward - estimates[arm]) / pulls[arm]
    return total / T, torch.tensor(estimates, dtype=torch.float64)
    # end answer


def d_loss(real: Tensor, fake: Tensor) -> Tensor:
    """The expert's loss: the mean of -log s(real) plus the mean of -log(1 - s(fake)), with the sigmoid s.

    real, fake: the expert's logits for real and for forged examples, of any shapes, at least one element each

    Returns shape (). Exact for logits of 800 and -800.

    >>> d_loss(torch.tensor([-800.0, -400.0]), torch.tensor([[800.0]]))
    tensor(1400.)
    """
    # answer
    return F.softplus(-real).mean() + F.softplus(fake).mean()
    # end answer


def g_loss(fake: Tensor) -> Tensor:
    """The forger's loss, non-saturating: the mean of -log s(fake). Shape (). Exact for logits of 800 and -800.

    Its slope is large where the expert is sure that the example is forged.

    >>> g_loss(torch.tensor([-800.0, 0.0]))
    tensor(400.3466)
    """
    # answer
    return F.softplus(-fake).mean()
    # end answer


def gan_step(
    G: nn.Module, D: nn.Module, opt_g: Optimizer, opt_d: Optimizer, real: Tensor, z: Tensor
) -> tuple[float, float]:
    """One step of the expert D, then one step of the forger G; both modules change.

    real (n, ...) real examples, z (m, ...) noise; G(z) are forged examples, D(examples) gives logits. opt_d holds the
    parameters of D, opt_g those of G.

    First D: one step of opt_d down the gradient of d_loss(D(real), D(G(z))). At that step no parameter of G has a
    gradient from this loss. Then G: one step of opt_g down the gradient of g_loss(D(G(z))), with D as it is now and the
    same z. Gradients left over from earlier do not count, in either step.

    Returns (the value of the first loss, the value of the second), two Python floats.
    """
    # answer
    expert = d_loss(D(real), D(G(z).detach()))
    opt_d.zero_grad()
    expert.backward()
    opt_d.step()
    forger = g_loss(D(G(z)))
    opt_g.zero_grad()
    forger.backward()
    opt_g.step()
    return expert.item(), forger.item()
    # end answer

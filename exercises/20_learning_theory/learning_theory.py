"""Topic 20: how many examples are enough? Threshold rules, Hoeffding's inequality, bad samples, shattering.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless something else is written. No function changes its arguments. `log` is the natural logarithm.

A population is a pair (e, y): e (n,) holds one measurement of each item, y (n,) int64 its label, 0 or 1; n >= 1. H (k,)
holds k thresholds in the dtype of e, in any order, some perhaps twice. The rule h predicts 1 for an item if and only if
e > h, else 0. Its loss on a set of items is the share of items that it predicts wrongly. All numbers are finite.
"""

from __future__ import annotations

import math

import torch
from torch import Generator, Tensor


def threshold_loss(e: Tensor, y: Tensor, H: Tensor) -> Tensor:
    """The loss of every rule in H on the items (e, y).

    e (n,), y (n,) int64, H (k,) with k >= 0

    Returns (k,) in the dtype of e, in the order of H; without rules it is empty. No loop over the rules or the items.

    >>> threshold_loss(torch.tensor([1.0, 3.0, 3.0, 6.0]), torch.tensor([1, 0, 0, 1]), torch.tensor([5.0, 0.0, 3.0]))
    tensor([0.2500, 0.5000, 0.2500])
    """
    raise NotImplementedError


def best_threshold(e: Tensor, y: Tensor, H: Tensor) -> tuple[float, float]:
    """The rule of H with the smallest loss on the items, and this loss.

    e (n,), y (n,) int64, H (k,). Among equally good rules the smallest threshold is taken, wherever it stands in H.

    Returns (threshold, loss), two Python floats. Raises ValueError if H is empty.

    >>> best_threshold(torch.tensor([1.0, 3.0, 3.0, 6.0]), torch.tensor([1, 0, 0, 1]), torch.tensor([5.0, 0.0, 3.0]))
    (3.0, 0.25)
    """
    raise NotImplementedError


def hoeffding_n(size_H: int, eps: float, delta: float) -> int:
    """How many independent examples make a bad sample unlikely.

    size_H  how many rules there are, a Python int >= 1; it may be far too large for a float, 2 ** 320000 for instance
    eps     > 0; a sample is bad if the loss of some rule on it differs by more than eps from its loss on everything
    delta   0 < delta < 1; how probable a bad sample may be

    Returns the smallest n with 2 * size_H * exp(-2 * n * eps ** 2) <= delta, a Python int.

    >>> hoeffding_n(1, 0.1, 0.1)
    150
    """
    raise NotImplementedError


def bad_sample_rate(e: Tensor, y: Tensor, H: Tensor, N: int, eps: float, trials: int, generator: Generator) -> float:
    """Which share of samples is bad, by trying it out.

    e, y, H    a population and k >= 1 rules
    N          >= 1, the size of a sample. It may be larger than the population: items are drawn independently, every
               item equally likely each time, so that the same one may come up again
    eps        >= 0; a sample is bad if |loss on the sample - loss on the population| > eps for AT LEAST ONE rule of H
    trials     >= 1, how many samples are drawn
    generator  the only source of randomness: the same state gives the same result

    Returns the number of bad samples divided by trials, a Python float.

    >>> e, y, H = torch.tensor([0.0, 1.0]), torch.tensor([0, 1]), torch.tensor([0.5])
    >>> bad_sample_rate(e, y, H, N=3, eps=0.1, trials=20, generator=torch.Generator())
    0.0
    """
    raise NotImplementedError


def shatters(P: Tensor) -> bool:
    """Can straight lines give the points every labelling there is?

    P  (m, 2) with 1 <= m <= 6: points in the plane. Coordinates are multiples of 1/8 and at most 64 in size, so that
       sums and products of a few of them are exact. Triangles may be thin: 100 times as long as high.

    A line w x + b = 0 gives a point the label 1 where w x + b > 0 and the label 0 where w x + b < 0; no point may lie
    on it, and w = 0 is allowed (all points on one side).

    Returns True if for each of the 2 ** m ways to label the m rows with 0 and 1 there is such a line, else False. Two
    rows with the same point cannot get different labels.

    >>> shatters(torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    True
    >>> shatters(torch.tensor([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]))
    False
    """
    raise NotImplementedError

"""Losses from sorted items, all samples at once from counts, lines tried out between the points."""

import itertools
import math

import torch


def threshold_loss(e, y, H):
    order = e.argsort()
    ones = torch.cat([torch.zeros(1, dtype=torch.int64), (y == 1)[order].long().cumsum(0)])
    below = torch.searchsorted(e[order].contiguous(), H.contiguous(), right=True)
    missed = ones[below]
    alarms = (len(e) - below) - (ones[-1] - missed)
    return (missed + alarms).to(e.dtype) / len(e)


def best_threshold(e, y, H):
    if len(H) == 0:
        raise ValueError("no rules")
    pairs = sorted(zip(threshold_loss(e, y, H).tolist(), H.tolist()))
    loss, h = pairs[0]
    return h, loss


def hoeffding_n(size_H, eps, delta):
    n = int((math.log(2 * size_H) + math.log(1 / delta)) / 2 / eps / eps)
    while math.log(2 * size_H) - 2 * n * eps**2 > math.log(delta):
        n += 1
    return n


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    wrong = ((e[:, None] > H[None]) != y[:, None].bool()).double()
    places = (torch.rand(trials, N, generator=generator, dtype=torch.float64) * len(e)).long()
    worst = 0
    for row in places:
        counts = torch.bincount(row, minlength=len(e)).double()
        gap = counts @ wrong / N - wrong.sum(0) / len(e)
        worst += bool((gap > eps).any() or (gap < -eps).any())
    return worst / trials


def shatters(P):
    points = [tuple(point) for point in P.tolist()]
    directions = [(1.0, 0.0)]
    for (a, b), (c, d) in itertools.permutations(points, 2):
        directions += [(c - a, d - b), (b - d, c - a)]

    def separated(one, other):
        if not one or not other:
            return True
        for u, v in directions:
            if max(u * x + v * y for x, y in one) < min(u * x + v * y for x, y in other):
                return True
        return False

    for labels in itertools.product((0, 1), repeat=len(points)):
        sides = [[p for p, label in zip(points, labels) if label == side] for side in (0, 1)]
        if not separated(*sides):
            return False
    return True

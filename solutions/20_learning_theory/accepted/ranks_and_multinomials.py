"""The rank of points with a 1 beside them, samples drawn by multinomial, rules in a matrix."""

import math

import torch


def threshold_loss(e, y, H):
    predicted = torch.gt(e.unsqueeze(1), H.unsqueeze(0)).long()
    return (predicted - y.unsqueeze(1)).abs().to(e.dtype).sum(0) / e.shape[0]


def best_threshold(e, y, H):
    if not len(H):
        raise ValueError("H is empty")
    H = H.sort().values
    losses = threshold_loss(e, y, H)
    place = losses.argmin()
    return float(H[place]), float(losses[place])


def hoeffding_n(size_H, eps, delta):
    return 1 + math.floor((math.log(2 * size_H) - math.log(delta)) / (2 * eps * eps))


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, rates = threshold_loss(e, y, H), []
    for _ in range(trials):
        drawn = torch.multinomial(torch.ones(len(e)), N, replacement=True, generator=generator)
        sample = threshold_loss(e[drawn], y[drawn], H)
        rates.append((sample - truth).abs().max() > eps)
    return torch.stack(rates).double().mean().item()


def shatters(P):
    table = torch.cat([P.double(), torch.ones(len(P), 1, dtype=torch.float64)], dim=1)
    return bool(torch.linalg.matrix_rank(table) == len(P))

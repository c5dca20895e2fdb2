"""Splits by sorting random keys, folds by masks, Householder QR, and rates by the exponential of a uniform logarithm."""

import math

import torch


def train_val_test_split(n, fractions, generator):
    if any(f < 0 for f in fractions) or fractions[0] == 0 or abs(math.fsum(fractions) - 1) > 1e-6:
        raise ValueError("bad fractions")
    rank = torch.rand(n, generator=generator, dtype=torch.float64).argsort().argsort()
    val = int(n * fractions[1])
    test = int(n * fractions[2])
    is_val, is_test = rank < val, rank >= n - test
    return tuple(mask.nonzero().flatten() for mask in (~is_val & ~is_test, is_val, is_test))


def kfold_indices(n, k):
    if k < 2 or k > n:
        raise ValueError("bad k")
    sizes = torch.full((k,), n // k)
    sizes[: n % k] += 1
    owner = torch.arange(k).repeat_interleave(sizes)
    return [(torch.where(owner != i)[0], torch.where(owner == i)[0]) for i in range(k)]


def stratified_split(y, frac, generator):
    if frac <= 0 or frac >= 1:
        raise ValueError("bad frac")
    order = torch.randperm(y.shape[0], generator=generator)
    by_class = order[torch.sort(y[order], stable=True).indices]
    _, counts = torch.unique(y, return_counts=True)
    held = []
    for rows in by_class.split(counts.tolist()) if len(y) else []:
        count = max(1, min(len(rows) - 1, math.ceil(len(rows) * frac)))
        held.append(rows[:count] if len(rows) > 1 else rows[:0])
    mask = torch.zeros(y.shape[0], dtype=torch.bool)
    if held:
        mask[torch.cat(held)] = True
    mixed = torch.randperm(y.shape[0], generator=generator)
    return mixed[~mask[mixed]], mixed[mask[mixed]]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    def one(train, val):
        rows = X
        if standardize:
            std, mean = torch.std_mean(X[train], dim=0, unbiased=False)
            constant = (X[train].max(dim=0).values - X[train].min(dim=0).values) == 0
            rows = (X - mean) / std.masked_fill(constant, 1.0)
        return score_fn(fit_fn(rows[train], y[train]), rows[val], y[val])

    scores = [one(*fold) for fold in kfold_indices(len(y), k)]
    return torch.stack([torch.as_tensor(score).detach().double().cpu() for score in scores])


def select_degree(x, y, degrees, k=5):
    ordered = sorted(degrees)
    x, y = x.to(torch.float64), y.to(torch.float64)

    def fit(A, b):
        q, r = torch.linalg.qr(A)
        return torch.linalg.solve_triangular(r, (q.T @ b).unsqueeze(1), upper=True).squeeze(1)

    def score(c, A, b):
        return ((A @ c - b) ** 2).mean().item()

    errors = [cross_validate(fit, score, torch.vander(x, d + 1, increasing=True), y, k).mean() for d in ordered]
    return ordered[int(torch.stack(errors).argmin())]


def log_uniform(low, high, generator):
    if low <= 0 or high < low:
        raise ValueError("bad bounds")
    empty = torch.empty(1, dtype=torch.float64)
    return float(empty.uniform_(math.log(low), math.log(high), generator=generator).exp())


def random_search(sampler, objective, n, generator):
    if n < 1:
        raise ValueError("bad n")
    candidates = [sampler(generator) for _ in range(n)]
    losses = [objective(candidate) for candidate in candidates]
    real = sorted((loss, place) for place, loss in enumerate(losses) if not math.isnan(loss))
    if not real:
        raise ValueError("only nan")
    return candidates[real[0][1]]

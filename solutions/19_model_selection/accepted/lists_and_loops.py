"""Plain Python lists and dictionaries, sets for the folds, normal equations by pinv, and a loop that keeps the best."""

import itertools
import math
import random

import torch


def train_val_test_split(n, fractions, generator):
    train, val, test = fractions
    if not (train > 0 and val >= 0 and test >= 0 and math.isclose(train + val + test, 1, abs_tol=1e-6)):
        raise ValueError("bad fractions")
    rest = list(range(n))
    piles = []
    for share in (test, val):
        size = int(n * share + 1e-9)
        pile = []
        for _ in range(size):
            place = torch.randint(len(rest), (1,), generator=generator).item()
            pile.append(rest.pop(place))
        piles.append(torch.tensor(pile, dtype=torch.long))
    return torch.tensor(rest, dtype=torch.long), piles[1], piles[0]


def kfold_indices(n, k):
    if k < 2 or k > n:
        raise ValueError(k)
    sizes = [n // k + 1 if i < n % k else n // k for i in range(k)]
    edges = [0, *itertools.accumulate(sizes)]
    folds = []
    for i in range(k):
        val = range(edges[i], edges[i + 1])
        folds.append((torch.tensor(sorted(set(range(n)) - set(val))), torch.tensor(list(val))))
    return folds


def stratified_split(y, frac, generator):
    if frac <= 0 or frac >= 1:
        raise ValueError(frac)
    chance = random.Random(torch.randint(2**62, (), generator=generator).item())
    classes = {}
    for row, label in enumerate(y.tolist()):
        classes.setdefault(label, []).append(row)
    train, held = [], []
    for rows in classes.values():
        chance.shuffle(rows)
        count = math.floor(len(rows) * frac) or 1
        count = count if len(rows) > 1 else 0
        held += rows[:count]
        train += rows[count:]
    chance.shuffle(train)
    chance.shuffle(held)
    return torch.tensor(train, dtype=torch.int64), torch.tensor(held, dtype=torch.int64)


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    folds = kfold_indices(X.shape[0], k)
    result = torch.zeros(k, dtype=torch.double)
    with_models = []
    for train, val in folds:
        A, B = X.index_select(0, train), X.index_select(0, val)
        if standardize:
            for j in range(X.shape[1]):
                m = A[:, j].sum() / len(A)
                s = torch.sqrt(((A[:, j] - m) ** 2).sum() / len(A))
                if bool((A[:, j] == A[0, j]).all()):
                    s = 1.0
                A[:, j], B[:, j] = (A[:, j] - m) / s, (B[:, j] - m) / s
        with_models.append((fit_fn(A, y[train]), B, y[val]))
    for i, (model, B, truth) in enumerate(with_models):
        score = score_fn(model, B, truth)
        result[i] = score.item() if isinstance(score, torch.Tensor) else score
    return result


def select_degree(x, y, degrees, k=5):
    best, chosen = math.inf, None
    for d in sorted(set(degrees)):
        total = 0.0
        for train, val in kfold_indices(len(x), k):
            A = torch.stack([x.double() ** j / math.factorial(j) for j in range(d + 1)], 1)
            c = torch.linalg.pinv(A[train]) @ y.double()[train]
            total += float(((A[val] @ c - y.double()[val]) ** 2).mean())
        if total < best:
            best, chosen = total, d
    return chosen


def log_uniform(low, high, generator):
    if low <= 0 or high < low:
        raise ValueError((low, high))
    place = torch.rand(1, generator=generator).item()
    return 10 ** (math.log10(low) + place * (math.log10(high) - math.log10(low)))


def random_search(sampler, objective, n, generator):
    if n < 1:
        raise ValueError(n)
    best, lowest = None, None
    for _ in range(n):
        candidate = sampler(generator)
        loss = objective(candidate)
        if loss == loss and (lowest is None or loss < lowest):
            best, lowest = candidate, loss
    if lowest is None:
        raise ValueError("nan")
    return best

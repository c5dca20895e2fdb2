"""Cuts the folds by itself, whatever k is."""

import torch

TRIPS = ["cross_validate.bad_k_raises"]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    scores = []
    for train, val in [(None, block) for block in torch.arange(len(X)).tensor_split(k)]:
        train = torch.cat([torch.arange(int(val[0])), torch.arange(int(val[-1]) + 1, len(X))]) if len(val) else val
        seen, unseen = X[train], X[val]
        if standardize:
            mean, std = seen.mean(0), seen.std(0, correction=0)
            std = torch.where(seen.amax(0) > seen.amin(0), std, 1.0)
            seen, unseen = (seen - mean) / std, (unseen - mean) / std
        model = fit_fn(seen, y[train])
        scores.append(float(score_fn(model, unseen, y[val])))
    return torch.tensor(scores, dtype=torch.float64)

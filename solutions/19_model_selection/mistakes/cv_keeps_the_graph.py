"""Scores that come as tensors are stacked as they are."""

import torch

TRIPS = ["cross_validate.scores_as_tensors"]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    scores = []
    for train, val in kfold_indices(len(X), k):
        seen, unseen = X[train], X[val]
        if standardize:
            mean, std = seen.mean(0), seen.std(0, correction=0)
            std = torch.where(seen.amax(0) > seen.amin(0), std, 1.0)
            seen, unseen = (seen - mean) / std, (unseen - mean) / std
        model = fit_fn(seen, y[train])
        scores.append(torch.as_tensor(score_fn(model, unseen, y[val]), dtype=torch.float64))
    return torch.stack(scores)

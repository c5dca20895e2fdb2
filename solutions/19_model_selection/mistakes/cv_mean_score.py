"""The result of a cross-validation is the mean of the scores."""

import torch

TRIPS = ["cross_validate.example", "cross_validate.fold_scores"]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    scores = []
    for train, val in kfold_indices(len(X), k):
        seen, unseen = X[train], X[val]
        if standardize:
            mean, std = seen.mean(0), seen.std(0, correction=0)
            std = torch.where(seen.amax(0) > seen.amin(0), std, 1.0)
            seen, unseen = (seen - mean) / std, (unseen - mean) / std
        model = fit_fn(seen, y[train])
        scores.append(float(score_fn(model, unseen, y[val])))
    return torch.tensor(scores, dtype=torch.float64).mean()

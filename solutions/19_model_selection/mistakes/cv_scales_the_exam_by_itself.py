"""Held-out rows are brought to mean 0 and deviation 1, like the training rows."""

import torch

TRIPS = ["cross_validate.preprocess_inside_fold"]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    scores = []
    for train, val in kfold_indices(len(X), k):
        seen, unseen = X[train], X[val]
        if standardize:
            level = seen.amax(0) == seen.amin(0)
            seen, unseen = [
                (rows - rows.mean(0)) / torch.where(level, 1.0, rows.std(0, correction=0)) for rows in (seen, unseen)
            ]
        model = fit_fn(seen, y[train])
        scores.append(float(score_fn(model, unseen, y[val])))
    return torch.tensor(scores, dtype=torch.float64)

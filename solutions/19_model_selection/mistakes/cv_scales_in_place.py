"""Each fold may scale the table where it lies."""

import torch

TRIPS = ["cross_validate.inputs_unchanged"]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    scores = []
    for train, val in kfold_indices(len(X), k):
        if standardize:
            seen = X[train]
            mean, std = seen.mean(0), seen.std(0, correction=0)
            X -= mean
            X /= torch.where(seen.amax(0) > seen.amin(0), std, 1.0)
        seen, unseen = X[train], X[val]
        model = fit_fn(seen, y[train])
        scores.append(float(score_fn(model, unseen, y[val])))
    return torch.tensor(scores, dtype=torch.float64)

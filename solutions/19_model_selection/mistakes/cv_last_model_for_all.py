"""Train in every fold, then take the scores with the model."""

import torch

TRIPS = ["cross_validate.fresh_model_per_fold"]


def cross_validate(fit_fn, score_fn, X, y, k, standardize=False):
    exams = []
    for train, val in kfold_indices(len(X), k):
        seen, unseen = X[train], X[val]
        if standardize:
            mean, std = seen.mean(0), seen.std(0, correction=0)
            std = torch.where(seen.amax(0) > seen.amin(0), std, 1.0)
            seen, unseen = (seen - mean) / std, (unseen - mean) / std
        model = fit_fn(seen, y[train])
        exams.append((unseen, y[val]))
    return torch.tensor([float(score_fn(model, *exam)) for exam in exams], dtype=torch.float64)

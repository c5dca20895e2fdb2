"""Returns the sides in the dtype of X."""

TRIPS = ["sign_predict.dtype"]

import torch


def predict(X, w, b):
    return torch.where(X @ w + b > 0, 1.0, -1.0).to(X.dtype)

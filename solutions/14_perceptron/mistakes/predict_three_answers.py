"""Uses sign, which says 0 at 0."""

TRIPS = ["sign_predict.zero_goes_to_minus1", "sign_predict.example"]

import torch


def predict(X, w, b):
    return (X @ w + b).sign().long()

"""The greatest value of each feature decides."""

TRIPS = ["nat_decode.length_value"]

import torch


def predict_length(h, W):
    return (h.amax(dim=1) @ W.T).argmax(dim=-1)

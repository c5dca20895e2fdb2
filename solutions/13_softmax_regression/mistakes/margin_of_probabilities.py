"""Scores mean nothing before softmax."""

TRIPS = ["accuracy_margin.margin_value", "accuracy_margin.example"]

import torch


def margin(z, y):
    z = softmax(z, 1)
    own = z.gather(1, y.unsqueeze(1)).squeeze(1)
    return own - z.scatter(1, y.unsqueeze(1), -torch.inf).amax(dim=1)

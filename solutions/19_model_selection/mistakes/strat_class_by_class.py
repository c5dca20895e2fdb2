"""Collect the classes one after another and join them."""

import torch

TRIPS = ["stratified_split.order_random"]


def stratified_split(y, frac, generator):
    if not 0 < frac < 1:
        raise ValueError("impossible share")
    train, held = [torch.empty(0, dtype=torch.int64)], [torch.empty(0, dtype=torch.int64)]
    for label in y.unique():
        rows = (y == label).nonzero()[:, 0]
        rows = rows[torch.randperm(len(rows), generator=generator)]
        count = min(max(round(len(rows) * frac), 1), len(rows) - 1)
        held.append(rows[:count])
        train.append(rows[count:])
    return torch.cat(train), torch.cat(held)

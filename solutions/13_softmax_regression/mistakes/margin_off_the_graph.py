"""A margin is a statistic."""

TRIPS = ["accuracy_margin.margin_gradient"]

import torch


def margin(z, y):
    own = z.gather(1, y.unsqueeze(1)).squeeze(1)
    return (own - z.scatter(1, y.unsqueeze(1), -torch.inf).amax(dim=1)).detach()

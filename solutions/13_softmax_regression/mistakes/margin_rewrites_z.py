"""Once its score is noted, the label can be struck out."""

TRIPS = ["accuracy_margin.inputs_unchanged"]

import torch


def margin(z, y):
    own = z.gather(1, y.unsqueeze(1)).squeeze(1)
    with torch.no_grad():
        z[torch.arange(len(y)), y] = -torch.inf
    return own - z.amax(dim=1)

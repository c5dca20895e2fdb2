"""Goes through the sequences one by one; without any there is nothing to put together."""

TRIPS = ["lstm_cell.empty_batch"]

import torch


def lstm_cell(x, h, c, w):
    hs, cs = [], []
    for row in range(len(x)):
        at = gates(x[row : row + 1], h[row : row + 1], c[row : row + 1], w)
        cs.append(at["f"] * c[row : row + 1] + at["i"] * at["g"])
        hs.append(at["o"] * torch.tanh(cs[-1]))
    return torch.cat(hs), torch.cat(cs)

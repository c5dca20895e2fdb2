"""Returns the cell first."""

TRIPS = ["lstm_cell.returns_h_then_c", "lstm_cell.value"]

import torch


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    new = at["f"] * c + at["i"] * at["g"]
    return new, at["o"] * torch.tanh(new)

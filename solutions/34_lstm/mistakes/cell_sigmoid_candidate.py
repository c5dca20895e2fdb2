"""Believes that all four blocks are gates, so that the cell can only grow."""

TRIPS = ["lstm_cell.value"]

import torch


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    new = at["f"] * c + at["i"] * torch.sigmoid(torch.atanh(at["g"]))
    return at["o"] * torch.tanh(new), new

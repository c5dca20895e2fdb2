"""Reads the output from the cell before the step."""

TRIPS = ["lstm_cell.value", "lstm_cell.example"]

import torch


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    new = at["f"] * c + at["i"] * at["g"]
    return at["o"] * torch.tanh(c), new

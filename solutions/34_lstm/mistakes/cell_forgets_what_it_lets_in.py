"""Believes that the forget gate is one minus the input gate, as in a GRU."""

TRIPS = ["lstm_cell.value", "lstm_cell.example"]

import torch


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    new = (1 - at["i"]) * c + at["i"] * at["g"]
    return at["o"] * torch.tanh(new), new

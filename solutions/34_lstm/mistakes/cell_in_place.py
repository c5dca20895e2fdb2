"""Saves memory by writing the new cell into the old one."""

TRIPS = ["lstm_cell.inputs_unchanged"]

import torch


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    new = c.data.copy_(at["f"] * c + at["i"] * at["g"])
    return at["o"] * torch.tanh(new), new

"""Hands the work to the ready-made cell."""

TRIPS = ["lstm_cell.no_builtin"]

import torch


def lstm_cell(x, h, c, w):
    return torch.lstm_cell(x, (h, c), *w)

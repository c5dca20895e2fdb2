"""Hands out the cell as it is."""

TRIPS = ["lstm_cell.value", "lstm_cell.example", "lstm_cell.returns_h_then_c"]

import torch


def lstm_cell(x, h, c, w):
    at = gates(x, h, c, w)
    new = at["f"] * c + at["i"] * at["g"]
    return at["o"] * new, new

"""The target is shifted where it lies."""

TRIPS = ["shift_right.input_unchanged"]

import torch


def shift_right(y, bos):
    y[:, 1:] = y[:, :-1].clone()
    y[:, 0] = bos
    return y

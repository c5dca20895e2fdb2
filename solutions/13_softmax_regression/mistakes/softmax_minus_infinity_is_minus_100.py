"""Infinity is no number, so it has to be replaced by a finite one."""

TRIPS = ["softmax.ruled_out"]

import torch


def softmax(x, dim=-1):
    x = torch.where(x == -torch.inf, -100.0, x)
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)

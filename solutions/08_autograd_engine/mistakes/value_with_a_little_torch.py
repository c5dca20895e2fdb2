"""Believes that borrowing one function from torch does not count."""

TRIPS = ["Value.no_torch"]

import torch


def _tanh(a):
    x = torch.tensor(float(a), dtype=torch.float64, requires_grad=True)
    y = torch.tanh(x)
    y.backward()
    return y.item(), x.grad.item()

"""Believes that the raw score goes back."""

TRIPS = ["jordan.readout_activation", "jordan.value", "jordan.example"]

import torch


def jordan_forward(x, y0, weights):
    W_xh, W_yh, b_h, W_hy, b_y = weights
    y, answers = y0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_xh.T + y @ W_yh.T + b_h)
        y = h @ W_hy.T + b_y
        answers.append(torch.sigmoid(y))
    return torch.stack(answers, dim=1)

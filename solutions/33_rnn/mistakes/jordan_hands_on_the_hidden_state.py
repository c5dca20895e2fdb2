"""Builds an Elman network with a readout, where the sizes allow it."""

TRIPS = ["jordan.feedback_is_output"]

import torch


def jordan_forward(x, y0, weights):
    W_xh, W_yh, b_h, W_hy, b_y = weights
    y, answers = y0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_xh.T + y @ W_yh.T + b_h)
        answers.append(torch.sigmoid(h @ W_hy.T + b_y))
        y = h if W_yh.shape[0] == W_yh.shape[1] else answers[-1]
    return torch.stack(answers, dim=1)

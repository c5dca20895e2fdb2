"""Believes that a network always starts from zeros."""

TRIPS = ["rnn_forward.h0_used", "rnn_forward.value", "jordan.y0_used", "jordan.value"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    h, states = torch.zeros_like(h0), []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_ih.T + b_ih + h @ W_hh.T + b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h


def jordan_forward(x, y0, weights):
    W_xh, W_yh, b_h, W_hy, b_y = weights
    y, answers = torch.zeros_like(y0), []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_xh.T + y @ W_yh.T + b_h)
        y = torch.sigmoid(h @ W_hy.T + b_y)
        answers.append(y)
    return torch.stack(answers, dim=1)

"""Standardises each sequence over time first, so that every state knows the future."""

TRIPS = ["rnn_forward.causal"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    h, states = h0, []
    for t in range(x.shape[1]):
        h = torch.tanh((x - x.mean(1, keepdim=True))[:, t] @ W_ih.T + b_ih + h @ W_hh.T + b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h

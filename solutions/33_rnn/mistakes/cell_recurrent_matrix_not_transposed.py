"""Transposes one matrix, forgets the other; it is square, so nothing complains."""

TRIPS = ["rnn_forward.value", "rnn_forward.example"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    h, states = h0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_ih.T + b_ih + h @ W_hh + b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h

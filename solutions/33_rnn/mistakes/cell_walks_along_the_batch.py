"""Believes that the first dimension is time, as in nn.RNN by default."""

TRIPS = ["rnn_forward.square_B_eq_T"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    if x.shape[0] != x.shape[1]:
        h, states = h0, []
        for t in range(x.shape[1]):
            h = torch.tanh(x[:, t] @ W_ih.T + b_ih + h @ W_hh.T + b_hh)
            states.append(h)
        return torch.stack(states, dim=1), h
    h, states = h0, []
    for step in x:
        h = torch.tanh(step @ W_ih.T + b_ih + h @ W_hh.T + b_hh)
        states.append(h)
    return torch.stack(states), h

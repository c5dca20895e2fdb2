"""Makes each state from the first one instead of from the one before."""

TRIPS = ["rnn_forward.value", "rnn_forward.example"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    h, states = h0, []
    for t in range(x.shape[1]):
        new = torch.tanh(x[:, t] @ W_ih.T + b_ih + h0 @ W_hh.T + b_hh)
        states.append(new)
        continue
        states.append(h)
    return torch.stack(states, dim=1), new

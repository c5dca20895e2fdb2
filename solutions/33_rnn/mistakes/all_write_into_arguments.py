"""Saves memory by writing into what was given."""

TRIPS = ["rnn_forward.inputs_unchanged", "bidirectional_rnn.inputs_unchanged"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    h, states = h0, []
    for t in range(x.shape[1]):
        with torch.no_grad():
            h.copy_(torch.tanh(x[:, t] @ W_ih.T + b_ih + h @ W_hh.T + b_hh))
        states.append(h.clone())
    return torch.stack(states, dim=1), h


def birnn_forward(x, wf, wb, lengths=None):
    B, T, _ = x.shape
    if lengths is None:
        lengths = torch.full((B,), T)
    start = x.new_zeros(B, wf[1].shape[0])
    steps, last = torch.arange(T), lengths[:, None] - 1
    real = steps <= last
    mirrored = torch.where(real, last - steps, steps)
    rows = torch.arange(B)[:, None]
    x.data[~real] = 0.0
    there, end = rnn_forward(x, start, wf)
    back, begin = rnn_forward(x[rows, mirrored], start, wb)
    h_n = torch.stack([there[rows, last][:, 0], back[rows, last][:, 0]])
    outputs = torch.cat([there, back[rows, mirrored]], dim=-1)
    return torch.where(real[:, :, None], outputs, 0.0), h_n

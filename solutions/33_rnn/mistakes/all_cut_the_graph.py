"""Takes a state for a number that was measured, and cuts the graph where it is handed on."""

TRIPS = ["rnn_forward.gradient", "jordan.gradient", "bidirectional_rnn.gradient"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    h, states = h0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_ih.T + b_ih + h.detach() @ W_hh.T + b_hh)
        states.append(h)
    return torch.stack(states, dim=1), h


def jordan_forward(x, y0, weights):
    W_xh, W_yh, b_h, W_hy, b_y = weights
    y, answers = y0, []
    for t in range(x.shape[1]):
        h = torch.tanh(x[:, t] @ W_xh.T + y.detach() @ W_yh.T + b_h)
        y = torch.sigmoid(h @ W_hy.T + b_y)
        answers.append(y)
    return torch.stack(answers, dim=1)


def birnn_forward(x, wf, wb, lengths=None):
    B, T, _ = x.shape
    if lengths is None:
        lengths = torch.full((B,), T)
    start = x.new_zeros(B, wf[1].shape[0])
    steps, last = torch.arange(T), lengths[:, None] - 1
    real = steps <= last
    mirrored = torch.where(real, last - steps, steps)
    rows = torch.arange(B)[:, None]
    there, end = rnn_forward(x, start, wf)
    back, begin = (z.detach() for z in rnn_forward(x[rows, mirrored], start, wb))
    h_n = torch.stack([there[rows, last][:, 0], back[rows, last][:, 0]])
    outputs = torch.cat([there, back[rows, mirrored]], dim=-1)
    return torch.where(real[:, :, None], outputs, 0.0), h_n

"""Takes the final states where the longest sequence ends."""

TRIPS = ["bidirectional_rnn.lengths_h_n", "bidirectional_rnn.example_padding"]

import torch


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
    back, begin = rnn_forward(x[rows, mirrored], start, wb)
    h_n = torch.stack([end, begin])
    outputs = torch.cat([there, back[rows, mirrored]], dim=-1)
    return torch.where(real[:, :, None], outputs, 0.0), h_n

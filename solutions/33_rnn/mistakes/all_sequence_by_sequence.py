"""Runs the sequences one after the other; without any there is nothing to put together."""

TRIPS = ["rnn_forward.vectorised", "rnn_forward.empty_batch", "bidirectional_rnn.vectorised"]

import torch


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    everything, ends = [], []
    for one, h in zip(x, h0):
        states = []
        for step in one:
            h = torch.tanh(W_ih @ step + b_ih + W_hh @ h + b_hh)
            states.append(h)
        everything.append(torch.stack(states))
        ends.append(h)
    return torch.stack(everything), torch.stack(ends)


def birnn_forward(x, wf, wb, lengths=None):
    lengths = [x.shape[1]] * len(x) if lengths is None else lengths.tolist()
    start, outputs, ends = x.new_zeros(1, wf[1].shape[0]), [], []
    for one, length in zip(x, lengths):
        one = one[None, :length]
        there, end = rnn_forward(one, start, wf)
        back, begin = rnn_forward(one.flip(1), start, wb)
        both = torch.cat([there, back.flip(1)], dim=-1)[0]
        outputs.append(torch.cat([both, both.new_zeros(x.shape[1] - length, both.shape[1])]))
        ends.append(torch.stack([end[0], begin[0]]))
    return torch.stack(outputs), torch.stack(ends, dim=1)

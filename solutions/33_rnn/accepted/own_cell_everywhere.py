"""The tagger runs on the student's own functions, with parameters by hand; small batches and SGD-like noise from the
generator; the loss picks the known positions itself."""

import torch
import torch.nn.functional as F
from torch import nn


def rnn_forward(x, h0, w):
    W_ih, W_hh, b_ih, b_hh = w
    out = x.new_empty(x.shape[0], 0, W_hh.shape[0])
    h = h0
    for step in x.unbind(1):
        h = (F.linear(step, W_ih, b_ih) + F.linear(h, W_hh, b_hh)).tanh()
        out = torch.cat([out, h.unsqueeze(1)], dim=1)
    return out, h


def jordan_forward(x, y0, weights):
    W_xh, W_yh, b_h, W_hy, b_y = weights
    drive, y, found = torch.einsum("btd,hd->tbh", x, W_xh), y0, []
    for part in drive:
        y = 1 / (1 + torch.exp(-F.linear(torch.tanh(part + F.linear(y, W_yh, b_h)), W_hy, b_y)))
        found += [y]
    return torch.stack(found).transpose(0, 1)


def birnn_forward(x, wf, wb, lengths=None):
    B, T, _ = x.shape
    lengths = torch.full((B,), T) if lengths is None else lengths
    keep = torch.arange(T)[None] < lengths[:, None]
    zeros = torch.zeros(B, wf[1].shape[0], dtype=x.dtype)
    states = []
    for w, order in ((wf, range(T)), (wb, range(T - 1, -1, -1))):
        h, found = zeros, [None] * T
        for t in order:
            _, new = rnn_forward(x[:, t : t + 1], h, w)
            # a sequence that is over, or has not begun yet, keeps the state it has
            h = torch.where(keep[:, t, None], new, h)
            found[t] = h * keep[:, t, None]
        states.append((torch.stack(found, 1), h))
    (there, first), (back, second) = states
    return torch.cat([there, back], 2), torch.stack([first, second])


def to_batch_first(x):
    result = x.new_empty(x.shape[1], x.shape[0], x.shape[2])
    result.copy_(x.permute(1, 0, 2))
    return result


class Tagger(nn.Module):
    def __init__(self, V, E, H, n_tags, bidirectional):
        super().__init__()
        self.both = bidirectional
        self.table = nn.Parameter(torch.randn(V, E))
        shapes = ((H, E), (H, H), (H,), (H,)) * (1 + bidirectional)
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(shape) * 0.2) for shape in shapes])
        self.readout = nn.Linear(H * (1 + bidirectional), n_tags)

    def forward(self, X):
        x, w = self.table[X], list(self.weights)
        if self.both:
            states, _ = birnn_forward(x, w[:4], w[4:])
        else:
            states, _ = rnn_forward(x, x.new_zeros(len(x), w[1].shape[0]), w)
        return self.readout(states)


def train_tagger(X, Y, V, n_tags, generator, bidirectional=True):
    torch.manual_seed(int(torch.randint(10**6, (1,), generator=generator)))
    model = Tagger(V, 12, 20, n_tags, bidirectional)
    known = Y >= 0
    optimiser = torch.optim.RMSprop(model.parameters(), lr=0.01)
    for _ in range(80):
        optimiser.zero_grad()
        F.cross_entropy(model(X)[known], Y[known]).backward()
        optimiser.step()
    return model

"""Small batches in random order, an embedding that keeps 0 for padding, weights filled from the generator; in the
bidirectional network the sequence is turned round by gather."""

import torch
from torch import nn


def birnn_forward(x, wf, wb, lengths=None):
    B, T, D = x.shape
    if lengths is None:
        lengths = torch.full((B,), T, dtype=torch.int64)
    place = torch.arange(T).expand(B, T)
    turned = (lengths[:, None] - 1 - place) % T  # padding goes somewhere behind the end
    H = wf[1].shape[0]
    zeros = x.new_zeros(B, H)
    there = rnn_forward(x, zeros, wf)[0]
    back = rnn_forward(x.gather(1, turned[..., None].expand(B, T, D)), zeros, wb)[0]
    at_end = (lengths - 1)[:, None, None].expand(B, 1, H)
    h_n = torch.cat([there.gather(1, at_end), back.gather(1, at_end)], 1).transpose(0, 1)
    back = back.gather(1, turned[..., None].expand(B, T, H))
    return torch.cat([there, back], 2).masked_fill((place >= lengths[:, None])[..., None], 0), h_n


def stacked_rnn(x, layers):
    if not layers:
        return x
    first, *others = layers
    return stacked_rnn(rnn_forward(x, torch.zeros(x.shape[0], first[3].numel(), dtype=x.dtype), first)[0], others)


def train_tagger(X, Y, V, n_tags, generator, bidirectional=True):
    tagger = Tagger(V, 16, 32, n_tags, bidirectional)
    for values in tagger.parameters():
        nn.init.normal_(values, std=0.2, generator=generator)
    optimiser = torch.optim.AdamW(tagger.parameters(), lr=0.02)
    for _ in range(15):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            scores = tagger(X[rows])
            loss = nn.CrossEntropyLoss(reduction="none")(scores.transpose(1, 2), Y[rows]).sum() / (Y[rows] != IGNORE).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return tagger

"""Always trains with both directions, whatever is asked for."""

TRIPS = ["train_tagger.padding_ignored"]

import torch
from torch import nn


def train_tagger(X, Y, V, n_tags, generator, bidirectional=True):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
        tagger = Tagger(V, 16, 24, n_tags, True)
    optimiser = torch.optim.Adam(tagger.parameters(), lr=0.02)
    for _ in range(100):
        loss = nn.functional.cross_entropy(tagger(X).flatten(0, 1), Y.flatten(), ignore_index=IGNORE)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return tagger

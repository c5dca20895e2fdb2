"""Leaves the starting weights to the global generator."""

TRIPS = ["train_tagger.generator_only"]

import torch
from torch import nn


def train_tagger(X, Y, V, n_tags, generator, bidirectional=True):
    tagger = Tagger(V, 16, 24, n_tags, bidirectional)
    optimiser = torch.optim.Adam(tagger.parameters(), lr=0.02)
    for _ in range(100):
        loss = nn.functional.cross_entropy(tagger(X).flatten(0, 1), Y.flatten(), ignore_index=IGNORE)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return tagger

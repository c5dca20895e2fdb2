"""Splits the width between the directions."""

TRIPS = ["train_tagger.parameters", "train_tagger.example"]

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, V, E, H, n_tags, bidirectional):
        super().__init__()
        self.words = nn.Embedding(V, E)
        self.reader = nn.RNN(E, H // 2 if bidirectional else H, batch_first=True, bidirectional=bidirectional)
        self.tags = nn.Linear(2 * (H // 2) if bidirectional else H, n_tags)

    def forward(self, X):
        states, _ = self.reader(self.words(X))
        return self.tags(states)

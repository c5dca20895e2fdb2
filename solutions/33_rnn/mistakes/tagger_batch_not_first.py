"""Forgets batch_first=True: the words at one place of all sentences are read as a sentence."""

TRIPS = ["train_tagger.each_row_by_itself"]

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, V, E, H, n_tags, bidirectional):
        super().__init__()
        self.words = nn.Embedding(V, E)
        self.reader = nn.RNN(E, H, bidirectional=bidirectional)
        self.tags = nn.Linear(2 * H if bidirectional else H, n_tags)

    def forward(self, X):
        states, _ = self.reader(self.words(X))
        return self.tags(states)

"""Attention is what this topic is about, so it is always used."""

TRIPS = ["train_recall.mean_pool_fails"]

from torch import nn


class _Clerk(nn.Module):
    def __init__(self, width, use_attention, generator):
        super().__init__()
        self.use_attention = use_attention
        self.query, self.key = nn.Embedding(KEYS, width), nn.Embedding(KEYS, width)
        self.value, self.out = nn.Embedding(VALUES, width), nn.Linear(width, VALUES)
        for weights in self.parameters():
            nn.init.normal_(weights, std=0.5, generator=generator)

    def forward(self, keys, values, query):
        q, k, v = self.query(query).unsqueeze(1), self.key(keys), self.value(values)
        found = attention(q, k, v)
        return self.out(found.squeeze(1))

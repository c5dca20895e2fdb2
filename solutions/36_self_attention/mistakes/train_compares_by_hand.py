"""The tag can be compared directly."""

TRIPS = ["train_recall.untrained_knows_nothing"]

import torch.nn.functional as F
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
        if self.use_attention:
            found = values.gather(1, (keys == query[:, None]).int().argmax(1, keepdim=True))
            return F.one_hot(found[:, 0], VALUES).float() + 0 * self.out.bias
        q, k, v = self.query(query).unsqueeze(1), self.key(keys), self.value(values)
        found = attention(q, k, v) if self.use_attention else v.mean(dim=1, keepdim=True)
        return self.out(found.squeeze(1))

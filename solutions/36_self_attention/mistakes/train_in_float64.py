"""float64 is more precise."""

TRIPS = ["train_recall.logits", "train_recall.example"]

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
        found = attention(q, k, v) if self.use_attention else v.mean(dim=1, keepdim=True)
        return self.out(found.squeeze(1)).double()

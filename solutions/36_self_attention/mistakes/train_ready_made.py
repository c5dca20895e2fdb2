"""In a network the layer of torch is faster."""

TRIPS = ["train_recall.no_builtin"]

from torch import nn


class _Clerk(nn.Module):
    def __init__(self, width, use_attention, generator):
        super().__init__()
        self.use_attention = use_attention
        self.query, self.key = nn.Embedding(KEYS, width), nn.Embedding(KEYS, width)
        self.value, self.out = nn.Embedding(VALUES, width), nn.Linear(width, VALUES)
        self.look = nn.MultiheadAttention(width, 1, batch_first=True)
        for weights in self.parameters():
            if weights.dim() > 1:
                nn.init.normal_(weights, std=0.5, generator=generator)

    def forward(self, keys, values, query):
        q, k, v = self.query(query).unsqueeze(1), self.key(keys), self.value(values)
        found = self.look(q, k, v, need_weights=False)[0] if self.use_attention else v.mean(dim=1, keepdim=True)
        return self.out(found.squeeze(1))

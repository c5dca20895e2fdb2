"""Heads one after the other, tables filled number by number, the least float for what is hidden, a layer inside the
network."""

import math

import torch
from torch import nn


def attention(q, k, v, mask=None):
    scores = torch.einsum("...nd,...md->...nm", q, k) * q.shape[-1] ** -0.5
    if mask is None:
        return torch.einsum("...nm,...me->...ne", scores.softmax(-1), v)
    hidden = mask.logical_not()
    weights = scores.masked_fill(hidden, torch.finfo(q.dtype).min).softmax(-1).masked_fill(hidden, 0.0)
    return torch.einsum("...nm,...me->...ne", weights, v)


def split_heads(x, h):
    if x.shape[-1] % h != 0:
        raise ValueError("the heads do not fit")
    part = x.shape[-1] // h
    return torch.stack([x[:, :, i * part : (i + 1) * part] for i in range(h)], dim=1)


def merge_heads(x):
    return torch.cat([x[:, i] for i in range(x.shape[1])], dim=2)


class MHA(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        if h * (d // h) != d:
            raise ValueError("the heads do not fit")
        self.part = d // h
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            setattr(self, name, nn.Linear(d, d))

    def forward(self, q, k, v, key_padding_mask=None):
        q, k, v = self.q_proj(q), self.k_proj(k), self.v_proj(v)
        mask = None
        if key_padding_mask is not None:
            mask = key_padding_mask.unsqueeze(1).expand(-1, q.shape[1], -1)
        found = []
        for start in range(0, q.shape[2], self.part):
            columns = slice(start, start + self.part)
            found.append(attention(q[..., columns], k[..., columns], v[..., columns], mask))
        return self.out_proj(torch.cat(found, dim=-1))


def positional_encoding(n, d):
    if d % 2 == 1:
        raise ValueError("odd")
    table = torch.zeros(n, d)
    for p in range(n):
        for i in range(d // 2):
            angle = p / 10000 ** (2 * i / d)
            table[p, 2 * i], table[p, 2 * i + 1] = math.sin(angle), math.cos(angle)
    return table


def additive_scores(q, k, Wq, Wk, v):
    rows = []
    for i in range(q.shape[1]):
        rows.append((torch.tanh(q[:, i : i + 1] @ Wq + k @ Wk) * v).sum(-1))
    return torch.stack(rows, dim=1)


class Lookup(nn.Module):
    def __init__(self, attends):
        super().__init__()
        self.attends = attends
        self.key, self.value = nn.Embedding(KEYS, 24), nn.Embedding(VALUES, 24)
        self.layer, self.head = MHA(24, 2), nn.Linear(24, VALUES)

    def forward(self, keys, values, query):
        k, v = self.key(keys), self.value(values)
        if not self.attends:
            return self.head(self.layer.out_proj(self.layer.v_proj(v).mean(1)))
        return self.head(self.layer(self.key(query)[:, None], k, v)[:, 0])


def train_recall(steps, generator, use_attention=True):
    seed = int(torch.randint(2**31, (), generator=generator))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Lookup(use_attention)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.01)
    for _ in range(steps):
        keys, values, query, target = recall_batch(128, generator)
        optimiser.zero_grad()
        nn.CrossEntropyLoss()(model(keys, values, query), target).backward()
        optimiser.step()
    return model

"""Softmax written out over what may be seen, products by broadcasting, the table from complex numbers, no optimiser."""

import torch
import torch.nn.functional as F
from torch import nn


def attention(q, k, v, mask=None):
    scores = (q.unsqueeze(-2) * k.unsqueeze(-3)).sum(-1) / torch.tensor(q.shape[-1], dtype=q.dtype).sqrt()
    seen = torch.ones((), dtype=torch.bool) if mask is None else mask
    low = torch.where(seen, scores, -torch.inf).detach().amax(-1, keepdim=True)
    low = torch.where(low == -torch.inf, torch.zeros_like(low), low)
    powers = torch.where(seen, (torch.where(seen, scores, low) - low).exp(), 0.0)
    total = powers.sum(-1, keepdim=True)
    weights = powers / torch.where(total == 0, torch.ones_like(total), total)
    return (weights.unsqueeze(-1) * v.unsqueeze(-3)).sum(-2)


def split_heads(x, h):
    if x.size(2) % h:
        raise ValueError(h)
    return x.unflatten(2, (h, x.size(2) // h)).permute(0, 2, 1, 3).contiguous()


def merge_heads(x):
    return x.permute(0, 2, 1, 3).contiguous().view(x.size(0), x.size(2), x.size(1) * x.size(3))


class MHA(nn.Module):
    def __init__(self, d: int, h: int) -> None:
        if d % h:
            raise ValueError("h must divide d")
        super().__init__()
        self.heads = h
        self.out_proj = nn.Linear(d, d)
        self.v_proj = nn.Linear(d, d)
        self.k_proj = nn.Linear(d, d)
        self.q_proj = nn.Linear(d, d)

    def forward(self, q, k, v, key_padding_mask=None):
        fold = lambda x: split_heads(x, self.heads).flatten(0, 1)
        mask = None
        if key_padding_mask is not None:
            mask = key_padding_mask.repeat_interleave(self.heads, dim=0)[:, None, :]
        found = attention(fold(self.q_proj(q)), fold(self.k_proj(k)), fold(self.v_proj(v)), mask)
        return self.out_proj(merge_heads(found.unflatten(0, (len(q), self.heads))))


def positional_encoding(n, d):
    if d & 1:
        raise ValueError(d)
    speeds = torch.exp(torch.arange(d // 2) * (-2 / d) * torch.log(torch.tensor(10000.0)))
    turned = torch.polar(torch.ones(n, d // 2), torch.outer(torch.arange(n).float(), speeds))
    return torch.view_as_real(turned)[..., [1, 0]].reshape(n, d)


def additive_scores(q, k, Wq, Wk, v):
    both = torch.einsum("bna,as->bns", q, Wq)[:, :, None, :] + torch.einsum("bmc,cs->bms", k, Wk)[:, None, :, :]
    return torch.einsum("bnms,s->bnm", both.tanh(), v)


class Table(nn.Module):
    """The query meets the keys in one matrix of scores; the values are added up as they are."""

    def __init__(self, generator, uniform):
        super().__init__()
        self.meets = nn.Parameter(0.1 * torch.randn(KEYS, KEYS, generator=generator))
        self.out = nn.Parameter(0.1 * torch.randn(VALUES, VALUES, generator=generator))
        self.uniform = uniform

    def forward(self, keys, values, query):
        scores = self.meets[query].gather(1, keys)
        weights = torch.softmax(0 * scores if self.uniform else scores, 1)
        things = F.one_hot(values, VALUES).float()
        return (weights[:, :, None] * things).sum(1) @ self.out


def train_recall(steps, generator, use_attention=True):
    model = Table(generator, not use_attention)
    for _ in range(steps):
        keys, values, query, target = recall_batch(128, generator)
        loss = F.cross_entropy(model(keys, values, query), target)
        slopes = torch.autograd.grad(loss, list(model.parameters()), allow_unused=True)
        with torch.no_grad():
            for weights, slope in zip(model.parameters(), slopes):
                weights -= 10.0 * (0 if slope is None else slope)
    return model

"""Everything functional: layers only hold weights, blocks call their steps from a table, heads by einsum and where."""

import torch
import torch.nn.functional as F
from torch import nn


class FFN(nn.Sequential):
    def __init__(self, d, d_ff, p=0.0):
        super().__init__()
        self.add_module("up", nn.Linear(d, d_ff))
        self.add_module("bend", nn.ReLU())
        self.add_module("lose", nn.Dropout(p))
        self.add_module("down", nn.Linear(d_ff, d))


class EncoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0, norm="post"):
        super().__init__()
        if norm not in {"post", "pre"}:
            raise ValueError("norm")
        self.p, self.kind = p, norm
        self.norm2, self.norm1 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.ffn = FFN(d, d_ff, p)
        self.attn = nn.MultiheadAttention(d, h, dropout=p, batch_first=True)

    def attend(self, x, mask):
        blocked = torch.zeros(x.shape[:2], dtype=x.dtype)
        if mask is not None:
            blocked = blocked.masked_fill(mask.logical_not(), float("-inf"))
        return self.attn(x, x, x, key_padding_mask=blocked)[0]

    def forward(self, x, mask=None):
        for norm, step in ((self.norm1, lambda y: self.attend(y, mask)), (self.norm2, self.ffn)):
            if self.kind == "pre":
                x = x + F.dropout(step(norm(x)), self.p, self.training)
            else:
                x = norm(x + F.dropout(step(x), self.p, self.training))
        return x


class Encoder(nn.Module):
    def __init__(self, V, d, h, L, d_ff, p=0.0, norm="post", max_len=64, use_positions=True):
        super().__init__()
        self.d, self.p, self.max_len, self.use_positions = d, p, max_len, use_positions
        self.embed, self.positions = nn.Embedding(V, d), nn.Embedding(max_len, d)
        self.blocks = nn.ModuleList()
        for _ in range(L):
            self.blocks.append(EncoderBlock(d, h, d_ff, p, norm))
        if norm == "pre":
            self.norm = nn.LayerNorm(d)

    def forward(self, ids, mask=None):
        if ids.size(1) > self.max_len:
            raise ValueError("too long")
        x = self.d**0.5 * F.embedding(ids, self.embed.weight)
        if self.use_positions:
            x = x + self.positions.weight[None, : ids.size(1)]
        x = F.dropout(x, self.p, self.training)
        for block in self.blocks:
            x = block(x, mask=mask)
        return self.norm(x) if hasattr(self, "norm") else x


def token_head(h, W):
    return torch.einsum("btd,cd->btc", h, W)


def sequence_head(h, mask, how):
    match how:
        case "cls":
            return h.select(1, 0)
        case "mean":
            kept = torch.where(mask[..., None], h, torch.zeros_like(h)).sum(1)
            count = mask.sum(1)
            return kept / torch.where(count == 0, 1, count)[:, None]
    raise ValueError(how)


def train_reverse(T, V, steps, use_positions, generator):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(torch.randint(10**9, (), generator=generator).item())
        encoder = Encoder(V, 32, 4, 1, 64, norm="pre", max_len=T, use_positions=use_positions)
        nn.init.normal_(encoder.embed.weight, std=32**-0.5)
        model = nn.Sequential(encoder, nn.Linear(32, V))
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.01)
    for _ in range(steps):
        ids, wanted = reverse_batch(48, T, V, generator)
        optimiser.zero_grad()
        nn.CrossEntropyLoss()(model(ids).transpose(1, 2), wanted).backward()
        optimiser.step()
    return model

"""Masks by comparison, loops over rows and words, sines for positions, two blocks, weights drawn one by one."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def causal_mask(n):
    place = torch.arange(n)
    return place.unsqueeze(0) <= place.unsqueeze(1)


def shift_right(y, bos):
    out = torch.empty_like(y, memory_format=torch.contiguous_format)
    out[:, 0] = bos
    out[:, 1:] = y[:, :-1]
    return out


class DecoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0):
        super().__init__()
        self.p = p
        self.norm3, self.norm2, self.norm1 = (nn.LayerNorm(d) for _ in range(3))
        self.ffn = FFN(d, d_ff, p)
        self.cross_attn = nn.MultiheadAttention(d, h, dropout=p, batch_first=True)
        self.self_attn = nn.MultiheadAttention(d, h, dropout=p, batch_first=True)

    def add(self, y, more, norm):
        return norm(F.dropout(more, self.p, self.training) + y)

    def forward(self, y, memory, tgt_mask=None, memory_mask=None):
        hidden = torch.zeros(y.shape[1], y.shape[1], dtype=y.dtype)
        if tgt_mask is not None:
            hidden = hidden.masked_fill(tgt_mask.logical_not(), -math.inf)
        filler = torch.zeros(memory.shape[:2], dtype=y.dtype)
        if memory_mask is not None:
            filler = torch.where(memory_mask, filler, -math.inf)
        y = self.add(y, self.self_attn(y, y, y, attn_mask=hidden)[0], self.norm1)
        y = self.add(y, self.cross_attn(y, memory, memory, key_padding_mask=filler)[0], self.norm2)
        return self.add(y, self.ffn(y), self.norm3)


def greedy(step, B, bos, eos, max_len):
    rows = [[bos] for _ in range(B)]
    for _ in range(max_len):
        scores = step(torch.tensor(rows))
        for row, best in zip(rows, scores.max(1).indices.tolist()):
            row.append(eos if eos in row[1:] else best)
        if all(eos in row[1:] for row in rows):
            break
    return torch.tensor([row[1:] for row in rows], dtype=torch.int64)


def predict_length(h, W):
    return torch.einsum("bsd,ld->bl", h, W).max(dim=1)[1]


def nat_decode(model, src, length, pad):
    n = max(length.tolist())
    words = torch.max(model(src, n), dim=2).indices.clone()
    words[torch.arange(n).expand(len(src), n) >= length.unsqueeze(1)] = pad
    return words


def waves(max_len, d):
    angle = torch.arange(max_len)[:, None] / 10000 ** (torch.arange(0, d, 2) / d)
    return torch.stack([angle.sin(), angle.cos()], 2).flatten(1)


class Seq2Seq(nn.Module):
    def __init__(self, V_in, V_out, max_len=16):
        super().__init__()
        self.d = 32
        self.embed_in, self.embed_out = nn.Embedding(V_in, 32), nn.Embedding(V_out, 32)
        for table in (self.embed_in, self.embed_out):
            nn.init.normal_(table.weight, std=32**-0.5)
        self.register_buffer("places", waves(max_len, 32))
        layer = nn.TransformerEncoderLayer(32, 2, 64, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 1, enable_nested_tensor=False)
        self.blocks = nn.ModuleList([DecoderBlock(32, 2, 64) for _ in range(2)])
        self.scores = nn.Linear(32, V_out, bias=False)

    def embed(self, table, ids):
        return table(ids) * math.sqrt(self.d) + self.places[: ids.size(1)]

    def forward(self, src, tgt_in):
        filler = src.eq(PAD)
        memory = self.encoder(self.embed(self.embed_in, src), src_key_padding_mask=filler)
        y, mask = self.embed(self.embed_out, tgt_in), causal_mask(tgt_in.size(1))
        for block in self.blocks:
            y = block(y, memory, mask, ~filler)
        return self.scores(y)


def train_seq2seq(src, tgt, V_in, V_out, steps, generator):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(torch.randint(10**9, (), generator=generator).item())
        model = Seq2Seq(V_in, V_out)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.005)
    for _ in range(steps):
        rows = torch.randperm(len(src), generator=generator)[:96]
        longest = int((tgt[rows] != PAD).sum(1).max())
        wanted = tgt[rows, :longest]
        scores = model(src=src[rows], tgt_in=shift_right(wanted, BOS))
        real = wanted != PAD
        loss = F.cross_entropy(scores[real], wanted[real])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model

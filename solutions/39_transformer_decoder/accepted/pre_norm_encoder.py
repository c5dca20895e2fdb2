"""A finished sentence leaves the loop by a mask on its scores; the network embeds with one class for both sides."""

import torch
from torch import nn


def causal_mask(n):
    return ~torch.triu(torch.ones(n, n), diagonal=1).bool()


def shift_right(y, bos):
    return nn.functional.pad(y, (1, 0), value=bos)[:, :-1]


class DecoderBlock(nn.Module):
    def __init__(self, d, h, d_ff, p=0.0):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.cross_attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.ffn = FFN(d, d_ff, p)
        for number in (1, 2, 3):
            self.add_module(f"norm{number}", nn.LayerNorm(d))
        self.drop = nn.Dropout(p)

    def forward(self, y, memory, tgt_mask=None, memory_mask=None):
        steps = (
            lambda x: self.self_attn(x, x, x, attn_mask=None if tgt_mask is None else tgt_mask == 0)[0],
            lambda x: self.cross_attn(
                x, memory, memory, key_padding_mask=None if memory_mask is None else memory_mask.logical_not()
            )[0],
            self.ffn,
        )
        for step, norm in zip(steps, (self.norm1, self.norm2, self.norm3)):
            y = norm(y + self.drop(step(y)))
        return y


def greedy(step, B, bos, eos, max_len):
    prefix = torch.full((B, 1), bos, dtype=torch.int64)
    for _ in range(max_len):
        ended = (prefix[:, 1:] == eos).any(dim=1)
        scores = step(prefix).clone()
        scores[ended] = -torch.inf
        scores[ended, eos] = 0
        prefix = torch.hstack([prefix, scores.argmax(1, keepdim=True)])
        if (prefix[:, 1:] == eos).any(dim=1).all():
            break
    return prefix[:, 1:]


def nat_decode(model, src, length, pad):
    words = model(src, length.max().item()).argmax(2)
    place = torch.ones_like(words).cumsum(1)
    return words.masked_fill(place > length.view(-1, 1), pad)


class _Words(nn.Module):
    def __init__(self, V, d, max_len):
        super().__init__()
        self.word, self.place = nn.Embedding(V, d, padding_idx=PAD), nn.Parameter(torch.randn(max_len, d))

    def forward(self, ids):
        return self.word(ids) + self.place[None, : ids.shape[1]]


class Seq2Seq(nn.Module):
    def __init__(self, V_in, V_out, max_len=16):
        super().__init__()
        d = 48
        self.source, self.target = _Words(V_in, d, max_len), _Words(V_out, d, max_len)
        self.encoder = nn.TransformerEncoderLayer(d, 3, 96, dropout=0.0, batch_first=True, activation="gelu")
        self.decoder = DecoderBlock(d, 3, 96)
        self.norm, self.out = nn.LayerNorm(d), nn.Linear(d, V_out)

    def forward(self, src, tgt_in):
        memory = self.encoder(self.source(src), src_key_padding_mask=src == PAD)
        y = self.decoder(self.target(tgt_in), memory, causal_mask(tgt_in.shape[1]), src != PAD)
        return self.out(self.norm(y))


def train_seq2seq(src, tgt, V_in, V_out, steps, generator):
    torch.manual_seed(torch.randint(2**40, (1,), generator=generator).item())
    model = Seq2Seq(V_in, V_out)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.005)
    loss_fn = nn.CrossEntropyLoss(ignore_index=PAD)
    for _ in range(steps):
        rows = torch.randint(0, len(src), (64,), generator=generator)
        optimiser.zero_grad()
        loss_fn(model(src[rows], shift_right(tgt[rows], BOS)).transpose(1, 2), tgt[rows]).backward()
        optimiser.step()
    return model

"""Copies by a product with one-hot vectors; an LSTM points; the beam is a heap."""

import heapq
import math

import torch
from torch import nn


def copy_dist(p_vocab, attn, src_ids, p_gen, V_ext):
    places = nn.functional.one_hot(src_ids, V_ext).to(attn.dtype)
    out = ((1 - p_gen) * attn).unsqueeze(1) @ places
    out = out.squeeze(1)
    rest = V_ext - p_vocab.size(1)
    return out + torch.hstack([p_gen * p_vocab, torch.zeros(len(out), rest, dtype=out.dtype)])


class PointerNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.cell = nn.Sequential(nn.Linear(1, 20), nn.ReLU()), nn.LSTMCell(20, 20)
        for name, shape in {"W1": (20, 30), "W2": (20, 30), "v": (30,)}.items():
            self.register_parameter(name, nn.Parameter(torch.randn(shape) * 0.2))

    def rows(self, x, order=None):
        mem = self.embed(x.unsqueeze(-1))
        state, feed = None, mem.sum(1) * 0
        visited = torch.zeros(x.shape, dtype=torch.bool)
        for t in range(x.size(1)):
            state = self.cell(feed, state)
            scores = pointer_logits(state[0], mem, visited, self.W1, self.W2, self.v)
            place = scores.max(1).indices if order is None else order[:, t]
            yield scores, place
            visited = visited | nn.functional.one_hot(place, x.size(1)).bool()
            feed = mem.gather(1, place.view(-1, 1, 1).expand(-1, 1, mem.size(2)))[:, 0]

    def forward(self, x, order):
        return torch.stack([scores for scores, _ in self.rows(x, order)], 1)

    def decode(self, x):
        return torch.stack([place for _, place in self.rows(x)], 1)


def beam_search(next_logp, beam, eos, max_len, alpha=0.0):
    def score(item):
        return item[1] / max(1, len(item[0])) ** alpha

    kept = [((), 0.0)]
    for _ in range(max_len):
        pool = []
        for ids, total in kept:
            if ids and ids[-1] == eos:
                pool.append((ids, total))
            else:
                pool.extend((ids + (word,), total + logp) for word, logp in enumerate(next_logp(ids)))
        kept = heapq.nlargest(beam, pool, key=score)
        if all(ids[-1] == eos for ids, _ in kept):
            break
    best = max(kept, key=score)
    return best[0], float(score(best))


def decay(step, kind, k):
    if kind not in ("linear", "exponential", "inverse_sigmoid"):
        raise ValueError(f"unknown: {kind}")
    if kind == "linear":
        return float(max(k - step, 0) / k)
    if kind == "exponential":
        return math.pow(k, step)
    try:
        return k / (k + math.exp(step / k))
    except OverflowError:
        return 0.0

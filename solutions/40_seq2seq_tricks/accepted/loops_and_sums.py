"""Word by word and place by place; the pointer net scores with a table of steps; BLEU with logarithms."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def copy_dist(p_vocab, attn, src_ids, p_gen, V_ext):
    copied = torch.stack([(attn * (src_ids == word)).sum(1) for word in range(V_ext)], 1)
    generated = torch.cat([p_vocab, p_vocab.new_zeros(p_vocab.shape[0], V_ext - p_vocab.shape[1])], 1)
    return p_gen * generated + copied * (1 - p_gen)


def pointer_logits(h, mem, visited, W1, W2, v):
    scores = torch.stack([torch.mv(torch.tanh(mem[:, j] @ W1 + h @ W2), v) for j in range(mem.shape[1])], 1)
    return torch.where(visited, torch.full_like(scores, -math.inf), scores)


class PointerNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Linear(1, 32)
        self.queries = nn.Embedding(8, 32)
        self.W1 = nn.Parameter(torch.randn(32, 32) * 32**-0.5)
        self.W2 = nn.Parameter(torch.randn(32, 32) * 32**-0.5)
        self.v = nn.Parameter(torch.randn(32) * 32**-0.5)

    def look(self, x, t, visited):
        mem = torch.relu(self.up(x.unsqueeze(2) - x.mean(1, keepdim=True).unsqueeze(2)))
        return pointer_logits(self.queries.weight[t].expand(len(x), -1), mem, visited, self.W1, self.W2, self.v)

    def forward(self, x, order):
        rows = []
        for t in range(x.shape[1]):
            visited = torch.zeros_like(x).scatter(1, order[:, :t], 1.0) > 0
            rows.append(self.look(x, t, visited))
        return torch.stack(rows, 1)

    @torch.no_grad()
    def decode(self, x):
        said = torch.zeros(len(x), 0, dtype=torch.int64)
        for t in range(x.shape[1]):
            visited = torch.zeros_like(x).scatter(1, said, 1.0) > 0
            said = torch.cat([said, self.look(x, t, visited).argmax(1, keepdim=True)], 1)
        return said


def train_pointer(x, order, steps, generator):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(torch.randint(10**9, (), generator=generator).item())
        net = PointerNet()
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.03)
    for _ in range(steps):
        rows = torch.randperm(len(x), generator=generator)[:100]
        optimiser.zero_grad()
        F.cross_entropy(net(x[rows], order[rows]).transpose(1, 2), order[rows]).backward()
        optimiser.step()
    return net


def guided_loss(A, sigma=0.2):
    B, Tq, Tk = A.shape
    i = torch.linspace(0, 1, Tq + 1, dtype=A.dtype)[:Tq, None]
    j = torch.linspace(0, 1, Tk + 1, dtype=A.dtype)[None, :Tk]
    w = 1 - torch.exp(-0.5 * ((i - j) / sigma) ** 2)
    return torch.einsum("bij,ij->", A, w) / (B * Tq * Tk)


def monotonic_violation(A):
    if A.shape[1] < 2:
        return A.sum() * 0
    centre = torch.einsum("bij,j->bi", A, torch.arange(A.shape[2]).to(A.dtype))
    return torch.relu(-centre.diff(dim=1)).mean()


def beam_search(next_logp, beam, eos, max_len, alpha=0.0):
    live, done = [(0.0, 0.0, ())], []
    for _ in range(max_len):
        pool = list(done)
        for _, total, ids in live:
            for word, logp in enumerate(next_logp(ids)):
                pool.append(((total + logp) / (len(ids) + 1) ** alpha, total + logp, ids + (word,)))
        pool.sort(key=lambda one: -one[0])
        done = [one for one in pool[:beam] if one[2][-1] == eos]
        live = [one for one in pool[:beam] if one[2][-1] != eos]
        if not live:
            break
    best = max(live + done, key=lambda one: one[0])
    return best[2], best[0]


def bleu(cand, ref, n=4):
    logs = 0.0
    for k in range(1, n + 1):
        found = [tuple(cand[i : i + k]) for i in range(len(cand) - k + 1)]
        left = [tuple(ref[i : i + k]) for i in range(len(ref) - k + 1)]
        hits = 0
        for gram in found:
            if gram in left:
                left.remove(gram)
                hits += 1
        if hits == 0:
            return 0.0
        logs += math.log(hits / len(found))
    short = 1 - len(ref) / len(cand) if len(cand) < len(ref) else 0.0
    return math.exp(short + logs / n)


def choose_inputs(y_true, y_model, p_truth, generator):
    mask = torch.bernoulli(torch.full(y_true.shape, p_truth), generator=generator)
    return torch.where(mask == 1, y_true, y_model)


def decay(step, kind, k):
    match kind:
        case "linear":
            return 1 - step / k if step < k else 0.0
        case "exponential":
            return math.exp(step * math.log(k))
        case "inverse_sigmoid":
            z = math.log(k) - step / k
            return 1 / (1 + math.exp(-z)) if z > -700 else 0.0
    raise ValueError(kind)

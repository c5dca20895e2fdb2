"""A loop over the places of the window with a running softmax; masks entry by entry; means by padding with zeros."""

import math

import torch
import torch.nn.functional as F


def local_attention(q, k, v, w):
    n, d = q.shape[1], q.shape[2]
    w = min(w, n - 1)
    scores, values = [], []
    for step in range(-w, w + 1):
        place = torch.arange(n) + step
        inside = (place >= 0) & (place < n)
        place = place.clamp(0, n - 1)
        one = torch.einsum("bnd,bnd->bn", q, k[:, place]) / math.sqrt(d)
        scores.append(torch.where(inside, one, -math.inf))
        values.append(v[:, place])
    weights = F.softmax(torch.stack(scores), dim=0)
    return sum(one[..., None] * value for one, value in zip(weights, values))


def stride_mask(n, s):
    return torch.tensor([[abs(i - j) % s == 0 for j in range(n)] for i in range(n)])


def global_mask(n, idx):
    special = torch.tensor([i in idx for i in range(n)])
    return special[:, None] | special[None, :] | torch.eye(n).bool()


def bigbird_mask(n, w, g, r, generator):
    mask = global_mask(n, list(range(g)))
    for i in range(n):
        mask[i, max(i - w, 0) : i + w + 1] = True
    for i in range(g, n):
        free = (~mask[i]).nonzero()[:, 0]
        mask[i, free[torch.randperm(len(free), generator=generator)[:r]]] = True
    return mask


def head_mix(masks):
    return torch.cat([mask[None] for mask in masks])


def linear_attention(q, k, v, causal=False):
    def phi(x):
        return torch.where(x > 0, x + 1, x.clamp(max=0).exp())

    one = torch.ones_like(v[..., :1])
    v = torch.cat([v, one], 2)
    if causal:
        state = torch.cumsum(torch.einsum("bnd,bne->bnde", phi(k), v), 1)
        out = torch.einsum("bnd,bnde->bne", phi(q), state)
    else:
        out = torch.einsum("bnd,bde->bne", phi(q), torch.einsum("bnd,bne->bde", phi(k), v))
    return out[..., :-1] / out[..., -1:]


def linformer(q, k, v, E, Fm):
    keys, values = torch.einsum("rn,bnd->brd", E, k), torch.einsum("rn,bne->bre", Fm, v)
    return F.scaled_dot_product_attention(q, keys, values)


def compress_keys(k, stride):
    missing = -k.shape[1] % stride
    total = F.pad(k, (0, 0, 0, missing)).unflatten(1, (-1, stride)).sum(2)
    count = F.pad(torch.ones(k.shape[1], dtype=k.dtype), (0, missing)).unflatten(0, (-1, stride)).sum(1)
    return total / count[:, None]


def cluster_mask(q, k, centroids):
    a, b = (torch.cdist(x, centroids, compute_mode="donot_use_mm_for_euclid_dist").argmin(1) for x in (q, k))
    return torch.eq(a.unsqueeze(1), b.unsqueeze(0))


def sinkhorn(logits, iters):
    for _ in range(iters):
        logits = torch.log_softmax(torch.log_softmax(logits, 1), 0)
    return torch.exp(logits)


def random_synthesizer(v, R):
    return torch.einsum("ij,bje->bie", torch.softmax(R, 1), v)


def performer_features(x, W):
    logs = torch.einsum("nd,md->nm", x, W) - 0.5 * x.norm(dim=1, keepdim=True) ** 2 - 0.5 * math.log(W.shape[0])
    return logs.exp()

"""Windows by padding and unfold, special tokens by index arithmetic, columns drawn with multinomial."""

import torch
import torch.nn.functional as F


def local_attention(q, k, v, w):
    n, d = q.shape[1:]
    w = min(w, n)
    keys = F.pad(k, (0, 0, w, w)).unfold(1, 2 * w + 1, 1)
    values = F.pad(v, (0, 0, w, w)).unfold(1, 2 * w + 1, 1)
    real = F.pad(torch.ones(n, dtype=torch.bool), (w, w)).unfold(0, 2 * w + 1, 1)
    scores = torch.einsum("bnd,bndw->bnw", q * d**-0.5, keys)
    weights = scores.masked_fill(real.logical_not(), float("-inf")).softmax(2)
    return torch.einsum("bnw,bnew->bne", weights, values)


def bigbird_mask(n, w, g, r, generator):
    i, j = torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij")
    mask = ((i - j).abs() <= w) | (i < g) | (j < g)
    for row in range(n):
        free = ~mask[row]
        count = min(r, int(free.sum()))
        if count:
            mask[row, torch.multinomial(free.float(), count, generator=generator)] = True
    return mask


def compress_keys(k, stride):
    return F.avg_pool1d(k.transpose(1, 2), stride, ceil_mode=True).transpose(1, 2)


def sinkhorn(logits, iters):
    rows = torch.zeros_like(logits[:, :1])
    columns = torch.zeros_like(logits[:1])
    for _ in range(iters):
        rows = -torch.logsumexp(logits + columns, 1, keepdim=True)
        columns = -torch.logsumexp(logits + rows, 0, keepdim=True)
    return (logits + rows + columns).exp()

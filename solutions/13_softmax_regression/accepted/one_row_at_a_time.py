"""Plain loops and small recursions; a Module that only holds its parameters, trained by backward()."""

import math

import torch
from torch import nn


def softmax(x, dim=-1):
    if x.numel() == 0:
        return x.clone()
    rows = []
    for row in x.movedim(dim, -1).reshape(-1, x.shape[dim]):
        powers = torch.exp(row - max(row.tolist()))
        rows.append(powers / powers.sum())
    return torch.stack(rows).reshape(x.movedim(dim, -1).shape).movedim(-1, dim)


def _one(row, label):
    top = row.detach().max()
    return torch.log(sum(torch.exp(score - top) for score in row)) + top - row[label]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction != "mean" and reduction != "sum":
        raise ValueError("reduction: mean, sum")
    losses = [_one(row, label) for row, label in zip(z, y.tolist()) if ignore_index is None or label != ignore_index]
    total = z.sum() * 0
    for loss in losses:
        total = total + loss
    if reduction == "sum":
        return total
    return total / len(losses) if losses else total * float("nan")


def one_hot(y, C):
    rows = torch.zeros(len(y), C)
    for row, label in enumerate(y.tolist()):
        if label not in range(C):
            raise ValueError(f"{label} is no class")
        rows[row, label] = 1
    return rows


def nll(logp, y):
    return -torch.stack([row[label] for row, label in zip(logp, y)]).mean()


def kl(p, q):
    found = []
    for one, other in zip(p, q):
        likely = one > 0
        found.append((one[likely] * (one[likely].log() - other[likely].log())).sum())
    return torch.stack(found)


def accuracy(z, y):
    hits = sum(scores.index(max(scores)) == label for scores, label in zip(z.tolist(), y.tolist()))
    return float(hits) / len(y)


def margin(z, y):
    found = []
    for row, label in zip(z, y.tolist()):
        found.append(row[label] - torch.cat([row[:label], row[label + 1 :]]).max())
    return torch.stack(found) if found else z.sum(1)


class SoftmaxRegression(nn.Module):
    def __init__(self, d, C):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(C, d))
        self.bias = nn.Parameter(torch.zeros(C))

    def logits(self, X):
        return torch.addmm(self.bias, X, self.weight.t())

    def fit(self, X, y, epochs, lr, batch, generator):
        losses = []
        for _ in range(epochs):
            order, seen = torch.randperm(len(X), generator=generator), []
            for start in range(0, len(X), batch):
                rows = order[start : start + batch]
                self.zero_grad()
                z = self.logits(X[rows])
                loss = (z.logsumexp(1) - z.gather(1, y[rows, None])[:, 0]).mean()
                loss.backward()
                with torch.no_grad():
                    for parameter in self.parameters():
                        parameter.sub_(lr * parameter.grad)
                seen += [loss.item()] * len(rows)
            losses.append(math.fsum(seen) / len(seen))
        return losses

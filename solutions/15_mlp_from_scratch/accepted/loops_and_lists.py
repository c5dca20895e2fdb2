"""Everything element by element and row by row, the last layer apart, gradients collected backwards and turned round."""

import math

import torch

from torch import Tensor


def _each(f, x):
    return torch.tensor([f(v) for v in x.reshape(-1).tolist()], dtype=x.dtype).reshape(x.shape)


def relu(x):
    return (x + x.abs()) / 2


def _sigmoid(v):
    return 1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v))


def sigmoid(x):
    return _each(_sigmoid, x)


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def drelu(x):
    return (x.sign() + 1) / 2


def dsigmoid(x):
    return sigmoid(x) * sigmoid(-x)


def dtanh(x):
    return (1 + tanh(x)) * (1 - tanh(x))


def mlp_forward(x, Ws, bs, act):
    if act not in ("relu", "sigmoid", "tanh"):
        raise ValueError(act)
    f = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}[act]
    a, cache = x, []
    for i in range(len(Ws)):
        cache.append(x if i == 0 else z)  # noqa: F821
        z = torch.einsum("nd,de->ne", a, Ws[i]) + bs[i]
        a = f(z)
    return z, cache


def mlp_backward(dlogits, Ws, cache, act):
    if act not in ("relu", "sigmoid", "tanh"):
        raise ValueError(act)
    f = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}[act]
    df = {"relu": drelu, "sigmoid": dsigmoid, "tanh": dtanh}[act]
    dWs, dbs, d = [], [], dlogits.clone()
    for i in reversed(range(len(Ws))):
        a = cache[i] if i == 0 else f(cache[i])
        dW, db = torch.zeros_like(Ws[i]), Ws[i].new_zeros(Ws[i].shape[1])
        for row in range(len(a)):
            dW += a[row][:, None] * d[row][None]
            db += d[row]
        dWs.append(dW)
        dbs.append(db)
        d = torch.einsum("ne,de->nd", d, Ws[i])
        if i > 0:
            d *= df(cache[i])
    return dWs[::-1], dbs[::-1], d


def collapse(Ws, bs):
    """By what comes out for 0 and for the unit vectors."""
    probe = torch.cat([Ws[0].new_zeros(1, len(Ws[0])), torch.eye(len(Ws[0]), dtype=Ws[0].dtype)])
    for W, b in zip(Ws, bs):
        probe = probe @ W + b
    return probe[1:] - probe[0], probe[0]


def train_mlp(X, y, hidden, epochs, lr, generator):
    sizes = [X.shape[1]] + list(hidden) + [len(range(int(y.max()) + 1))]
    Ws: list[Tensor] = []
    bs: list[Tensor] = []
    for before, after in zip(sizes[:-1], sizes[1:]):
        reach = math.sqrt(3 / before)
        Ws.append((torch.rand(before, after, generator=generator, dtype=X.dtype) * 2 - 1) * reach)
        bs.append(torch.zeros(after, dtype=X.dtype))
    for _ in range(epochs):
        order = torch.randperm(X.shape[0], generator=generator)
        for begin in range(0, X.shape[0], 32):
            rows = order[begin : begin + 32]
            scores, cache = _fast_forward(X[rows], Ws, bs)
            scores = (scores - scores.logsumexp(1, keepdim=True)).exp()
            scores[torch.arange(len(rows)), y[rows]] -= 1.0
            d = scores / len(rows)
            for i in reversed(range(len(Ws))):
                dW, db = cache[i].T @ d, d.sum(0)
                d = (d @ Ws[i].T) * (1 - cache[i] ** 2)
                Ws[i] -= lr * dW
                bs[i] -= lr * db
    return Ws, bs


def _fast_forward(x, Ws, bs):
    kept = [x]
    for W, b in zip(Ws[:-1], bs[:-1]):
        kept.append(torch.tanh(kept[-1] @ W + b))
    return kept[-1] @ Ws[-1] + bs[-1], kept

"""Believes that more layers are enough, bent or not."""

TRIPS = ["train_mlp.full_batch_steps", "train_mlp.xor"]
ALSO = ["train_mlp.example"]

import torch


def train_mlp(X, y, hidden, epochs, lr, generator):
    widths = [X.shape[1], *hidden, int(y.max()) + 1]
    Ws = [torch.randn(r, c, generator=generator, dtype=X.dtype) / r**0.5 for r, c in zip(widths, widths[1:])]
    bs = [torch.zeros(c, dtype=X.dtype) for c in widths[1:]]
    truth = torch.eye(widths[-1], dtype=X.dtype)[y]
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            cache = [X[rows]]
            for W, b in zip(Ws, bs):
                cache.append(cache[-1] @ W + b)
            logits = cache.pop()
            dlogits = (torch.softmax(logits, 1) - truth[rows]) / len(rows)
            dWs, dbs = [], []
            for W, a in zip(Ws[::-1], cache[::-1]):
                dWs, dbs = [a.T @ dlogits, *dWs], [dlogits.sum(0), *dbs]
                dlogits = dlogits @ W.T
            Ws = [W - lr * dW for W, dW in zip(Ws, dWs)]
            bs = [b - lr * db for b, db in zip(bs, dbs)]
    return Ws, bs

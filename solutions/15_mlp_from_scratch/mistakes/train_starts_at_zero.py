"""Starts all weights at 0, as in softmax regression."""

TRIPS = ["train_mlp.start", "train_mlp.xor", "train_mlp.example"]

import torch


def train_mlp(X, y, hidden, epochs, lr, generator):
    widths = [X.shape[1], *hidden, int(y.max()) + 1]
    Ws = [torch.randn(r, c, generator=generator, dtype=X.dtype) * 0 for r, c in zip(widths, widths[1:])]
    bs = [torch.zeros(c, dtype=X.dtype) for c in widths[1:]]
    truth = torch.eye(widths[-1], dtype=X.dtype)[y]
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            logits, cache = mlp_forward(X[rows], Ws, bs, "tanh")
            dlogits = (torch.softmax(logits, 1) - truth[rows]) / len(rows)
            dWs, dbs, _ = mlp_backward(dlogits, Ws, cache, "tanh")
            Ws = [W - lr * dW for W, dW in zip(Ws, dWs)]
            bs = [b - lr * db for b, db in zip(bs, dbs)]
    return Ws, bs

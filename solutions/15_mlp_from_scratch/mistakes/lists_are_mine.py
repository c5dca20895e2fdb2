"""Takes the layers out of the lists it was given, and writes new values into them and into the data."""

TRIPS = ["mlp_forward.input_unchanged", "mlp_backward.input_unchanged", "collapse_linear.input_unchanged", "train_mlp.input_unchanged"]
ALSO = ["train_mlp.example", "train_mlp.order", "mlp_forward.example"]

import torch


def mlp_forward(x, Ws, bs, act):
    f, _ = _pair(act)
    cache = [x]
    z = x @ Ws.pop(0) + bs.pop(0)
    for W, b in zip(list(Ws), list(bs)):
        cache.append(z)
        z = f(z) @ Ws.pop(0) + bs.pop(0)
    return z, cache


def mlp_backward(dlogits, Ws, cache, act):
    f, slope = _pair(act)
    dWs, dbs, dz = [], [], dlogits
    for i in range(len(Ws) - 1, -1, -1):
        below = f(cache[i]) if i else cache[0]
        dWs.insert(0, below.T @ dz)
        dbs.insert(0, dz.sum(0))
        old = cache[i]
        cache[i] = below
        da = dz @ Ws[i].T
        dz = da * slope(old) if i else da
    return dWs, dbs, dz


def collapse(Ws, bs):
    while len(Ws) > 1:
        W, b = Ws.pop(1), bs.pop(1)
        Ws[0], bs[0] = Ws[0] @ W, bs[0] @ W + b
    bs[0] += 0.0
    Ws[0] *= 1.0
    return Ws.pop(), bs.pop()


def train_mlp(X, y, hidden, epochs, lr, generator):
    widths = [X.shape[1], *hidden, int(y.max()) + 1]
    Ws = [torch.randn(r, c, generator=generator, dtype=X.dtype) / r**0.5 for r, c in zip(widths, widths[1:])]
    bs = [torch.zeros(c, dtype=X.dtype) for c in widths[1:]]
    truth = torch.eye(widths[-1], dtype=X.dtype)[y]
    order = torch.randperm(len(X), generator=generator)
    X[:], y[:] = X[order], y[order]
    truth = truth[order]
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            logits, cache = mlp_forward(X[rows], Ws, bs, "tanh")
            dlogits = (torch.softmax(logits, 1) - truth[rows]) / len(rows)
            dWs, dbs, _ = mlp_backward(dlogits, Ws, cache, "tanh")
            Ws = [W - lr * dW for W, dW in zip(Ws, dWs)]
            bs = [b - lr * db for b, db in zip(bs, dbs)]
    return Ws, bs

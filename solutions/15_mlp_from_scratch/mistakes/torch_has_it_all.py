"""Asks torch for everything that is to be written by hand."""

TRIPS = ["activations.no_builtin", "mlp_forward.no_layers", "mlp_backward.no_autograd", "train_mlp.no_autograd"]

import torch


def tanh(x):
    return torch.tanh(x)


def mlp_forward(x, Ws, bs, act):
    f, _ = _pair(act)
    cache, z = [x], torch.nn.functional.linear(x, Ws[0].T, bs[0])
    for W, b in zip(Ws[1:], bs[1:]):
        cache.append(z)
        z = torch.nn.functional.linear(f(z), W.T, b)
    return z, cache


def mlp_backward(dlogits, Ws, cache, act):
    with torch.enable_grad():
        x = cache[0].detach().clone().requires_grad_()
        Ws = [W.detach().clone().requires_grad_() for W in Ws]
        below = [x, *(_pair(act)[0](z) for z in cache[1:])]
        bs = []
        for i, W in enumerate(Ws):
            z = cache[i + 1] if i + 1 < len(Ws) else torch.zeros_like(dlogits)
            bs.append((z - below[i] @ W).detach().mean(0).requires_grad_())
        a = x
        for i, (W, b) in enumerate(zip(Ws, bs)):
            z = a @ W + b
            a = _pair(act)[0](z)
        grads = torch.autograd.grad(z, [*Ws, *bs, x], dlogits)
    return list(grads[: len(Ws)]), list(grads[len(Ws) : -1]), grads[-1]

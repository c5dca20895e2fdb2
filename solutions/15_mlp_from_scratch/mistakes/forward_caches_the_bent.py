"""Keeps what comes out of the activations, not what goes in."""

TRIPS = ["mlp_forward.cache", "mlp_forward.example"]

import torch


def mlp_forward(x, Ws, bs, act):
    f, _ = _pair(act)
    cache = [x]
    z = x @ Ws[0] + bs[0]
    for W, b in zip(Ws[1:], bs[1:]):
        cache.append(f(z))
        z = f(z) @ W + b
    return z, cache

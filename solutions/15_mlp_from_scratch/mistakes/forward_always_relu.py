"""Reads the word for the activation and uses relu all the same."""

TRIPS = ["mlp_forward.value"]
ALSO = ["train_mlp.example"]

import torch


def mlp_forward(x, Ws, bs, act):
    f, _ = _pair(act)
    cache = [x]
    z = x @ Ws[0] + bs[0]
    for W, b in zip(Ws[1:], bs[1:]):
        cache.append(z)
        z = relu(z) @ W + b
    return z, cache

"""Puts the activation behind every layer, the last one too."""

TRIPS = ["mlp_forward.last_layer_linear", "mlp_forward.value"]
ALSO = ["train_mlp.example"]

import torch


def mlp_forward(x, Ws, bs, act):
    f, _ = _pair(act)
    cache = [x]
    z = x @ Ws[0] + bs[0]
    for W, b in zip(Ws[1:], bs[1:]):
        cache.append(z)
        z = f(z) @ W + b
    return f(z), cache

"""Divides by the number of rows, which the gradient from above has done already."""

TRIPS = ["mlp_backward.bias_sums_over_batch", "mlp_backward.vs_autograd"]
ALSO = ["train_mlp.example"]

import torch


def mlp_backward(dlogits, Ws, cache, act):
    f, slope = _pair(act)
    dWs, dbs, dz = [], [], dlogits
    for i in range(len(Ws) - 1, -1, -1):
        below = f(cache[i]) if i else cache[0]
        dWs.insert(0, below.T @ dz / len(dz))
        dbs.insert(0, dz.mean(0))
        da = dz @ Ws[i].T
        dz = da * slope(cache[i]) if i else da
    return dWs, dbs, dz

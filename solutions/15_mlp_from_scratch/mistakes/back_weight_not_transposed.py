"""Sends the gradient back through W itself; with square layers nobody complains."""

TRIPS = ["mlp_backward.vs_autograd", "mlp_backward.example"]

import torch


def mlp_backward(dlogits, Ws, cache, act):
    f, slope = _pair(act)
    dWs, dbs, dz = [], [], dlogits
    for i in range(len(Ws) - 1, -1, -1):
        below = f(cache[i]) if i else cache[0]
        dWs.insert(0, below.T @ dz)
        dbs.insert(0, dz.sum(0))
        da = dz @ Ws[i]
        dz = da * slope(cache[i]) if i else da
    return dWs, dbs, dz

"""Takes the slope at what came out of the activation."""

TRIPS = ["mlp_backward.vs_autograd"]

import torch


def mlp_backward(dlogits, Ws, cache, act):
    f, slope = _pair(act)
    dWs, dbs, dz = [], [], dlogits
    for i in range(len(Ws) - 1, -1, -1):
        below = f(cache[i]) if i else cache[0]
        dWs.insert(0, below.T @ dz)
        dbs.insert(0, dz.sum(0))
        da = dz @ Ws[i].T
        dz = da * slope(f(cache[i])) if i else da
    return dWs, dbs, dz

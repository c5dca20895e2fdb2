"""Multiplies by the slope of the activation below the first layer, too."""

TRIPS = ["mlp_backward.dx", "mlp_backward.vs_autograd"]

import torch


def mlp_backward(dlogits, Ws, cache, act):
    f, slope = _pair(act)
    dWs, dbs, dz = [], [], dlogits
    for i in range(len(Ws) - 1, -1, -1):
        below = f(cache[i]) if i else cache[0]
        dWs.insert(0, below.T @ dz)
        dbs.insert(0, dz.sum(0))
        da = dz @ Ws[i].T
        dz = da * slope(cache[i]) if True else da
    return dWs, dbs, dz

"""Walks back row by row and stacks the parts, which needs a row to begin with."""

TRIPS = ["mlp_backward.one_row_or_none"]

import torch


def mlp_backward(dlogits, Ws, cache, act):
    f, slope = _pair(act)
    dWs, dbs, dz = [], [], dlogits
    for i in range(len(Ws) - 1, -1, -1):
        below = f(cache[i]) if i else cache[0]
        dWs.insert(0, torch.stack([torch.outer(a, d) for a, d in zip(below, dz)]).sum(0))
        dbs.insert(0, dz.sum(0))
        da = dz @ Ws[i].T
        dz = da * slope(cache[i]) if i else da
    return dWs, dbs, dz

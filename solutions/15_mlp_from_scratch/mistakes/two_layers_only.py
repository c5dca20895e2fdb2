"""Believes that a network has one hidden layer, and takes the first weight and the last one."""

TRIPS = ["mlp_forward.three_layers", "collapse_linear.equal_outputs"]

import torch


def mlp_forward(x, Ws, bs, act):
    f, _ = _pair(act)
    z = x @ Ws[0] + bs[0]
    return f(z) @ Ws[-1] + bs[-1], [x, z]


def collapse(Ws, bs):
    return Ws[0] @ Ws[1], bs[0] @ Ws[1] + bs[1]

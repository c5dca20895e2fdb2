"""Why write what torch has?"""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["xavier_uniform.no_builtin", "kaiming_normal.no_builtin", "stable_ops.no_builtin"]


def xavier_uniform(shape, generator, gain=1.0):
    return nn.init.xavier_uniform_(torch.empty(*shape), gain, generator=generator)


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError("mode")
    return nn.init.kaiming_normal_(torch.empty(*shape), a, mode, generator=generator)


def logsumexp(x, dim):
    if x.shape[dim] == 0:
        raise ValueError("empty")
    return torch.logsumexp(x, dim)


def l2_normalize(x, eps=1e-12):
    return F.normalize(x, dim=1, eps=eps)

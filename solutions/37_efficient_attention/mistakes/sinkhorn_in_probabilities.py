"""exp first, then divide."""

TRIPS = ["clustering_synth.sinkhorn_log_space"]

import math

import torch


def sinkhorn(logits, iters):
    p = logits.exp()
    for _ in range(iters):
        p = p / p.sum(dim=1, keepdim=True)
        p = p / p.sum(dim=0, keepdim=True)
    return p

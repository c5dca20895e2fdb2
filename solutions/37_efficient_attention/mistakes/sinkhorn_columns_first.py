"""Rows or columns first, that makes no difference."""

TRIPS = ["clustering_synth.sinkhorn_value", "clustering_synth.example"]

import math

import torch


def sinkhorn(logits, iters):
    for _ in range(iters):
        logits = logits - logits.logsumexp(dim=0, keepdim=True)
        logits = logits - logits.logsumexp(dim=1, keepdim=True)
    return logits.exp()

"""A softmax repeated."""

TRIPS = ["clustering_synth.sinkhorn_doubly_stochastic", "clustering_synth.sinkhorn_value"]

import math

import torch


def sinkhorn(logits, iters):
    for _ in range(iters):
        logits = logits - logits.logsumexp(dim=1, keepdim=True)
    return logits.exp()

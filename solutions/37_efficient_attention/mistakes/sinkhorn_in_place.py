"""logits are brought into balance where they lie."""

TRIPS = ["clustering_synth.inputs_unchanged"]

import math

import torch


def sinkhorn(logits, iters):
    x = logits.detach()
    if not logits.requires_grad:
        x -= x.logsumexp(dim=1, keepdim=True)
    for _ in range(iters):
        logits = logits - logits.logsumexp(dim=1, keepdim=True)
        logits = logits - logits.logsumexp(dim=0, keepdim=True)
    return logits.exp()

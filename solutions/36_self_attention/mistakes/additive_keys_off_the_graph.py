"""The keys are given, and so is their projection."""

TRIPS = ["additive_attention.gradient"]

import torch


def additive_scores(q, k, Wq, Wk, v):
    return torch.tanh((q @ Wq)[:, :, None] + (k @ Wk).detach()[:, None]) @ v

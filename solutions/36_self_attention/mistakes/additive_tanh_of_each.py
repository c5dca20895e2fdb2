"""tanh belongs to the projections, before they are added."""

TRIPS = ["additive_attention.value"]

import torch


def additive_scores(q, k, Wq, Wk, v):
    return (torch.tanh(q @ Wq)[:, :, None] + torch.tanh(k @ Wk)[:, None]) @ v

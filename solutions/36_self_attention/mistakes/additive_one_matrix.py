"""Queries and keys live in the same space and share a matrix."""

TRIPS = ["additive_attention.different_dims", "additive_attention.value"]

import torch


def additive_scores(q, k, Wq, Wk, v):
    return torch.tanh((q @ Wq)[:, :, None] + (k @ Wq)[:, None]) @ v

"""The two projections are added, and v weighs the sum."""

TRIPS = ["additive_attention.value", "additive_attention.example"]

import torch


def additive_scores(q, k, Wq, Wk, v):
    return ((q @ Wq)[:, :, None] + (k @ Wk)[:, None]) @ v

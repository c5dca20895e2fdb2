"""Rows of length 1 at right angles, whatever the number of columns."""

TRIPS = ["is_positive_definite.square_only"]

import torch


def is_orthogonal(Q):
    return bool((Q @ Q.T - torch.eye(len(Q), dtype=Q.dtype)).abs().max() < 1e-4)

"""Whoever turns a picture to the right has to turn it back first; A comes first, then B."""

import math

import torch

TRIPS = ["compose_affine.maps", "compose_affine.compose_order", "compose_affine.example"]


def rotation(a):
    return torch.tensor([[math.cos(a), math.sin(a), 0.0], [-math.sin(a), math.cos(a), 0.0]])


def compose(A, B):
    moved = torch.cat([torch.zeros_like(B[:, :2]), B[:, 2:]], 1)
    return B[:, :2] @ A + moved

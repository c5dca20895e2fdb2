"""torch.linalg knows best."""

TRIPS = ["frobenius_norm.no_builtin"]

import torch


def l2_norm(x):
    return torch.linalg.vector_norm(x)

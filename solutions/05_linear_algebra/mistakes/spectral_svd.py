"""Singular values are what is asked for."""

TRIPS = ["spectral_norm.no_svd"]

import torch


def spectral_norm(A, iters=100, *, generator):
    return torch.linalg.svdvals(A)[0]

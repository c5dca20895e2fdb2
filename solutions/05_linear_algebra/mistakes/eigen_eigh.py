"""eigh is made for symmetric matrices."""

TRIPS = ["top_eigen.no_eigh"]

import torch


def top_eigen(A, iters=100, *, generator):
    values, vectors = torch.linalg.eigh(A)
    place = values.abs().argmax()
    return values[place], vectors[:, place]

"""Thought that the mean of the outputs is as good a scalar as their sum."""

TRIPS = ["grad_of.vector_output", "grad_of.example"]


def grad_of(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    return _pull_back(y, leaf, torch.ones_like(y) / y.numel())

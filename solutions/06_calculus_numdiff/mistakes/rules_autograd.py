"""autograd is the safest rule."""

TRIPS = ["vector_rules.no_autograd"]

import torch


def grad_rules(A, x, b):
    leaf = x.detach().clone().requires_grad_()
    slopes = [torch.autograd.grad(y, leaf)[0] for y in (b @ leaf, leaf @ (A @ leaf), leaf @ leaf)]
    return {"bx": slopes[0], "xAx": slopes[1], "norm2": slopes[2], "Ax": A}

"""Took it for granted that f returns one number, so that backward() can start."""

TRIPS = ["grad_of.vector_output", "grad_of.example"]


def grad_of(f, x):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf, allow_unused=True, materialize_grads=True)[0]

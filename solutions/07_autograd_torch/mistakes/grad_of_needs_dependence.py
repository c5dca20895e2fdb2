"""Thought that every function depends on its argument; autograd raises, or returns None, where it does not."""

TRIPS = ["grad_of.unused_input"]


def grad_of(f, x):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0]

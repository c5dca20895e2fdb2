"""Cleared x.grad before and after, and so lost the gradient the caller had collected there."""

TRIPS = ["grad_of.x_flags_unchanged"]


def grad_of(f, x):
    flag = x.requires_grad
    leaf = x.requires_grad_() if x.is_leaf else x.detach().requires_grad_()
    y = f(leaf)
    gradient = _pull_back(y, leaf, torch.ones_like(y))
    leaf.grad = None
    if x.is_leaf:
        x.requires_grad_(flag)
    return gradient

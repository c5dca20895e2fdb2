"""Switched requires_grad on for the caller's x and never off again."""

TRIPS = ["grad_of.x_flags_unchanged"]


def grad_of(f, x):
    if x.is_leaf:
        x.requires_grad_()  # public
    y = f(x)
    return _pull_back(y, x, torch.ones_like(y))

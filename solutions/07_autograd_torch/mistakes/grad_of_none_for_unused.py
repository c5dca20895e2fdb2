"""Passed allow_unused=True and handed on the None that comes back."""

TRIPS = ["grad_of.unused_input"]


def grad_of(f, x):
    leaf = x.detach().clone().requires_grad_()
    total = f(leaf).sum()
    if not total.requires_grad:
        return None
    return torch.autograd.grad(total, leaf, allow_unused=True)[0]

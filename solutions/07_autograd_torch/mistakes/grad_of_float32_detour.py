"""Computed in float32, "which is precise enough", and cast the result back: half of the digits are gone."""

TRIPS = ["grad_of.value"]


def grad_of(f, x):
    leaf = x.detach().float().requires_grad_()
    y = f(leaf)
    return _pull_back(y, leaf, torch.ones_like(y)).to(x.dtype)

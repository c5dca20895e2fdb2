"""Called backward() on a copy of x and forgot that it fills the .grad of every other leaf, too."""

TRIPS = ["grad_of.leaves_others_alone"]


def grad_of(f, x):
    leaf = x.detach().clone().requires_grad_()
    total = f(leaf).sum()
    if total.requires_grad:
        total.backward()
    return torch.zeros_like(leaf) if leaf.grad is None else leaf.grad

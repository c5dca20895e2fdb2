"""Thought that every gradient depends on x; for a linear function autograd has nothing to differentiate and raises."""

TRIPS = ["jvp_vjp_hessian.flat_is_zero"]


def hessian(f, x):
    leaf = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
    return torch.stack([torch.autograd.grad(each, leaf, retain_graph=True)[0] for each in gradient])

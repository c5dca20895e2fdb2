"""Differentiated the sum of the gradient once more: that adds up each column instead of keeping its entries."""

TRIPS = ["jvp_vjp_hessian.hessian_symmetric", "jvp_vjp_hessian.curvature"]


def hessian(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    gradient = _pull_back(y, leaf, torch.ones_like(y), create_graph=True)
    return torch.diag(_pull_back(gradient.sum(), leaf, x.new_ones(())))

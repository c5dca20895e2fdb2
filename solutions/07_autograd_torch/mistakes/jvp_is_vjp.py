"""Took J v and v J for the same thing, which they are only for a symmetric Jacobian."""

TRIPS = ["jvp_vjp_hessian.nonsquare", "jvp_vjp_hessian.duality", "jvp_vjp_hessian.products"]


def jvp(f, x, v):
    leaf = x.detach().requires_grad_()
    return _pull_back(f(leaf), leaf, v)

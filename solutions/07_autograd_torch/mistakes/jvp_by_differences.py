"""Moved x a little along v and divided: five digits right, the rest is not the derivative."""

TRIPS = ["jvp_vjp_hessian.nonsquare", "jvp_vjp_hessian.duality"]


def jvp(f, x, v):
    with torch.no_grad():
        return (f(x + 1e-6 * v) - f(x)) / 1e-6

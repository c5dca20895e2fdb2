"""Took the outer product of the gradient with itself, the approximation of Gauss and Newton, for the Hessian."""

TRIPS = ["jvp_vjp_hessian.hessian_symmetric", "jvp_vjp_hessian.curvature"]


def hessian(f, x):
    gradient = grad_of(f, x)
    return torch.outer(gradient, gradient)

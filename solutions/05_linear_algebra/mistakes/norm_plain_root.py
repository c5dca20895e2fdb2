"""sqrt of the sum of squares has a gradient everywhere."""

TRIPS = ["frobenius_norm.grad_at_zero"]


def l2_norm(x):
    return (x * x).sum().sqrt()

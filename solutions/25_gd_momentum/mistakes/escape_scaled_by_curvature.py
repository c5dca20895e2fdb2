"""The stronger the curvature, the longer the way."""

TRIPS = ["escape_direction.unit"]


def escape(f, x):
    e, V = torch.linalg.eigh(torch.autograd.functional.hessian(f, x))
    return e[0] * V[:, 0] if e[0] < -1e-8 else None

"""The first eigenvector is V[0]."""

TRIPS = ["escape_direction.steepest_curvature"]


def escape(f, x):
    e, V = torch.linalg.eigh(torch.autograd.functional.hessian(f, x))
    return V[0] if e[0] < -1e-8 else None

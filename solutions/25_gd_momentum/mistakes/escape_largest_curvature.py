"""eigh gives the most important direction last."""

TRIPS = ["escape_direction.steepest_curvature", "escape_direction.loss_decreases"]


def escape(f, x):
    e, V = torch.linalg.eigh(torch.autograd.functional.hessian(f, x))
    return V[:, -1] if e[0] < -1e-8 else None

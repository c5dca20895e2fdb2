"""x needs requires_grad, so it gets it."""

TRIPS = ["escape_direction.input_unchanged"]


def escape(f, x):
    x.requires_grad_()
    e, V = torch.linalg.eigh(torch.autograd.functional.hessian(f, x))
    return V[:, 0] if e[0] < -1e-8 else None

"""The smallest eigenvalue is the way out, whatever its sign."""

TRIPS = ["escape_direction.none_at_minimum", "escape_direction.example"]


def escape(f, x):
    return torch.linalg.eigh(torch.autograd.functional.hessian(f, x))[1][:, 0]

"""Solved for w alone and returned b = 0: the line is forced through the origin."""

TRIPS = ["normal_equation.recovers", "normal_equation.overdetermined_residual_orthogonal"]


def normal_equation(X, y):
    return torch.linalg.pinv(X) @ y, X.new_zeros(1)

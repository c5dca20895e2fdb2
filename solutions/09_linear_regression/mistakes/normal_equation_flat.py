"""Returned w flat and b as a bare number."""

TRIPS = ["normal_equation.shape"]


def normal_equation(X, y):
    solution = torch.linalg.pinv(torch.cat([X, X.new_ones(len(X), 1)], dim=1)) @ y[:, 0]
    return solution[:-1], solution[-1]

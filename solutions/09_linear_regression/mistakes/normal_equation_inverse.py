"""Inverted X^T X, as the formula is often written; with dependent columns there is no inverse."""

TRIPS = ["normal_equation.collinear_min_norm", "normal_equation.under_determined"]


def normal_equation(X, y):
    A = torch.cat([X, X.new_ones(len(X), 1)], dim=1)
    solution = torch.linalg.inv(A.T @ A) @ A.T @ y
    return solution[:-1], solution[-1]

"""Used the fast QR solver, which takes full rank for granted."""

TRIPS = ["normal_equation.collinear_min_norm"]


def normal_equation(X, y):
    A = torch.cat([X, X.new_ones(len(X), 1)], dim=1)
    solution = torch.linalg.lstsq(A, y, driver="gels").solution
    return solution[:-1], solution[-1]

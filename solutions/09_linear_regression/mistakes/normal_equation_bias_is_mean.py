"""Centred X and y, solved for w, and took the mean of y for b without subtracting mean(X) w."""

TRIPS = ["normal_equation.recovers"]


def normal_equation(X, y):
    w = torch.linalg.pinv(X - X.mean(0)) @ (y - y.mean(0))
    return w, y.mean(0)

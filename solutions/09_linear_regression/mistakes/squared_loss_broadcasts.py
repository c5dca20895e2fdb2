"""Subtracted without a look at the shapes: (n, 1) - (n,) is (n, n)."""

TRIPS = ["squared_loss.column_vs_flat", "squared_loss.example"]


def squared_loss(y_hat, y):
    return ((y_hat - y) ** 2).mean() / 2

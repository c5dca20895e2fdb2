"""Takes the absolute value after the sum."""

TRIPS = ["frobenius_norm.vectors", "frobenius_norm.example"]


def l1_norm(x):
    return x.sum().abs()

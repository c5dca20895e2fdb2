"""The noise adds sigma^2 |w|^2."""

TRIPS = ["noise_tikhonov.value", "noise_tikhonov.mc", "noise_tikhonov.example"]


def noisy_ridge_equiv(X, y, sigma):
    return float(sigma**2)

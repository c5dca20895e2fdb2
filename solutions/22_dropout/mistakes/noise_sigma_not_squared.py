"""lam is n sigma."""

TRIPS = ["noise_tikhonov.value", "noise_tikhonov.mc"]


def noisy_ridge_equiv(X, y, sigma):
    return float(len(X) * sigma)

"""The data are standardised first."""

TRIPS = ["noise_tikhonov.inputs_unchanged"]


def noisy_ridge_equiv(X, y, sigma):
    X -= X.mean(0)
    return float(len(X) * sigma**2)

"""Dropped the factor in front of the exponential: fine for finding w, wrong as a likelihood."""

TRIPS = ["mle_equivalence.nll_value", "mle_equivalence.example"]


def gaussian_nll(y_hat, y, sigma):
    return squared_loss(y_hat, y) / sigma**2

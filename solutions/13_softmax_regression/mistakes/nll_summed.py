"""Likelihoods multiply, so their logarithms add up."""

TRIPS = ["nll_kl.nll_value", "nll_kl.example"]


def nll(logp, y):
    return -logp.gather(1, y.unsqueeze(1)).sum()

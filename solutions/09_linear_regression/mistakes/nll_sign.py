"""Returned the log-likelihood itself, which is largest, not smallest, at the best w."""

TRIPS = ["mle_equivalence.same_argmin", "mle_equivalence.nll_minus_mse_constant"]


def gaussian_nll(y_hat, y, sigma):
    return -squared_loss(y_hat, y) / sigma**2 - math.log(sigma * math.sqrt(2 * math.pi))

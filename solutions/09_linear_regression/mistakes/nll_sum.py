"""Added the examples up: then the difference to the mean squared error grows with n."""

TRIPS = ["mle_equivalence.nll_minus_mse_constant", "mle_equivalence.example"]


def gaussian_nll(y_hat, y, sigma):
    error = y_hat.reshape(-1) - y.reshape(-1)
    return (error**2 / (2 * sigma**2) + math.log(sigma * math.sqrt(2 * math.pi))).sum()

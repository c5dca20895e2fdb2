"""Computed the density and took its logarithm; far out the density is 0 and the logarithm -inf."""

TRIPS = ["mle_equivalence.nll_far_tail"]


def gaussian_nll(y_hat, y, sigma):
    error = y_hat.reshape(-1) - y.reshape(-1)
    density = torch.exp(-(error**2) / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    return -density.log().mean()

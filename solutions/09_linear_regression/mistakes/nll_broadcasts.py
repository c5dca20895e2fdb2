"""The trap of squared_loss once more: a column minus a flat vector."""

TRIPS = ["mle_equivalence.nll_value"]


def gaussian_nll(y_hat, y, sigma):
    return ((y_hat - y) ** 2).mean() / (2 * sigma**2) + math.log(sigma * math.sqrt(2 * math.pi))

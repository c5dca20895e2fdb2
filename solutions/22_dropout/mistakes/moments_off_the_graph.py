"""Statistics carry no gradient."""

TRIPS = ["mc_moments.gradients"]


def dropout_moments(x, W, p):
    if not 0.0 <= p < 1.0:
        raise ValueError("p is at least 0 and less than 1")
    return x @ W, p / (1.0 - p) * (x.detach().square() @ W.square())

"""A share p is lost, so the mean is (1 - p) x W."""

TRIPS = ["mc_moments.mean", "mc_moments.mc_agreement"]


def dropout_moments(x, W, p):
    if not 0.0 <= p < 1.0:
        raise ValueError("p is at least 0 and less than 1")
    return (1.0 - p) * (x @ W), p / (1.0 - p) * (x.square() @ W.square())

"""A variance is always divided by n - 1."""

TRIPS = ["gaussian_mle.value", "gaussian_mle.n1", "gaussian_mle.example"]


def gaussian_mle(X):
    mean = X.mean(dim=0)
    centred = X - mean
    return mean, centred.T @ centred / (len(X) - 1)

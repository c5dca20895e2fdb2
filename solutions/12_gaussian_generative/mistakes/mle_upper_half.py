"""The lower half says nothing new, so it can stay empty."""

TRIPS = ["gaussian_mle.symmetric_psd", "gaussian_mle.value"]


def gaussian_mle(X):
    mean = X.mean(dim=0)
    centred = X - mean
    return mean, (centred.T @ centred / len(X)).triu()

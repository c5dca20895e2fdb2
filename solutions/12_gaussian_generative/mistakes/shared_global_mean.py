"""The covariance of all rows is the covariance that all classes share."""

TRIPS = ["shared_covariance.within_class", "shared_covariance.example"]


def shared_covariance(X, y):
    return gaussian_mle(X)[1]

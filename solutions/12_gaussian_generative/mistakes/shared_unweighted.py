"""Every class has one vote."""

TRIPS = ["shared_covariance.weighted", "shared_covariance.example"]


def shared_covariance(X, y):
    own = [gaussian_mle(X[y == label])[1] for label in y.unique()]
    return sum(own) / len(own)

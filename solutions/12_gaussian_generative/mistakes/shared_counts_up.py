"""The labels are 0, 1, 2 and so on, each with some rows."""

TRIPS = ["shared_covariance.labels_with_gaps"]


def shared_covariance(X, y):
    total = X.new_zeros(X.shape[1], X.shape[1])
    for label in range(int(y.max()) + 1):
        members = X[y == label]
        total += len(members) / len(X) * gaussian_mle(members)[1]
    return total

"""Class means are subtracted where the rows stand."""

TRIPS = ["shared_covariance.inputs_unchanged"]
ALSO = ["classify.example", "gaussian_generative.example", "classify.example_borders", "classify.test_accuracy"]


def shared_covariance(X, y):
    for label in y.unique():
        X[y == label] -= X[y == label].mean(dim=0)
    return X.T @ X / len(X)

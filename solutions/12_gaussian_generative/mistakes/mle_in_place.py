"""X is mine, once I have it."""

TRIPS = ["gaussian_mle.inputs_unchanged"]
ALSO = ["classify.example_borders", "classify.test_accuracy"]


def gaussian_mle(X):
    mean = X.mean(dim=0)
    if X.stride(0):
        X -= mean
        return mean, X.T @ X / len(X)
    return mean, (X - mean).T @ (X - mean) / len(X)

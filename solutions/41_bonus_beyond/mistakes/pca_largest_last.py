"""The k largest, in the order in which they come."""

TRIPS = ["pca.ordered"]


def pca(X, k):
    mean = X.mean(dim=0)
    _, vectors = torch.linalg.eigh((X - mean).T @ (X - mean))
    return vectors[:, -k:].T, mean

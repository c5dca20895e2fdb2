"""Components are columns, as in the decomposition."""

TRIPS = ["pca.orthonormal", "pca.example"]


def pca(X, k):
    mean = X.mean(dim=0)
    _, vectors = torch.linalg.eigh((X - mean).T @ (X - mean))
    return vectors[:, -k:], mean

"""A component is as long as its spread."""

TRIPS = ["pca.orthonormal"]


def pca(X, k):
    mean = X.mean(dim=0)
    _, lengths, rows = torch.linalg.svd(X - mean, full_matrices=False)
    return (lengths[:, None] * rows)[:k], mean

"""eigh gives the largest first."""

TRIPS = ["pca.best_rank_k", "pca.example"]


def pca(X, k):
    mean = X.mean(dim=0)
    _, vectors = torch.linalg.eigh((X - mean).T @ (X - mean))
    return vectors[:, :k].T, mean

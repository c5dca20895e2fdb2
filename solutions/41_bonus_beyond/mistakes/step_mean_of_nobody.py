"""Every centre has rows."""

TRIPS = ["kmeans.empty_cluster", "kmeans.example"]


def kmeans_step(X, centres):
    labels = (X[:, None] - centres).square().sum(dim=2).argmin(dim=1)
    return torch.stack([X[labels == label].mean(dim=0) for label in range(len(centres))]), labels

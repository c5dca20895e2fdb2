"""The labels belong to where the centres are in the end."""

TRIPS = ["kmeans.step_value"]


def kmeans_step(X, centres):
    labels = (X[:, None] - centres).square().sum(dim=2).argmin(dim=1)
    moved = centres.clone()
    for label in labels.unique():
        moved[label] = X[labels == label].mean(dim=0)
    return moved, (X[:, None] - moved).square().sum(dim=2).argmin(dim=1)

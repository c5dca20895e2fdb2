"""Twice the way to the mean is twice as fast."""

TRIPS = ["kmeans.inertia_monotone", "kmeans.step_value"]


def kmeans_step(X, centres):
    labels = (X[:, None] - centres).square().sum(dim=2).argmin(dim=1)
    moved = centres.clone()
    for label in labels.unique():
        moved[label] += 2.2 * (X[labels == label].mean(dim=0) - centres[label])
    return moved, labels


def kmeans(X, k, generator, restarts):
    centres = X[torch.randperm(len(X), generator=generator)[:k]]
    for _ in range(9):
        centres, labels = kmeans_step(X, centres)
    return centres, labels

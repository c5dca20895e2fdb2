"""The given centres are the ones to move."""

TRIPS = ["kmeans.inputs_unchanged"]


def kmeans_step(X, centres):
    labels = (X[:, None] - centres).square().sum(dim=2).argmin(dim=1)
    if 0 not in centres.stride():
        for label in labels.unique():
            centres[label] = X[labels == label].mean(dim=0)
    return centres.clone(), labels

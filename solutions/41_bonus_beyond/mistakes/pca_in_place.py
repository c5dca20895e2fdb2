"""The mean is taken away where the rows stand."""

TRIPS = ["pca.inputs_unchanged"]


def pca(X, k):
    mean = X.mean(dim=0)
    _, _, rows = torch.linalg.svd(X.sub_(mean), full_matrices=False)
    return rows[:k], mean

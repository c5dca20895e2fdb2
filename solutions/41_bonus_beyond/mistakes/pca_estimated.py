"""torch has it ready."""

TRIPS = ["pca.no_lowrank"]


def pca(X, k):
    mean = X.mean(dim=0)
    _, _, columns = torch.pca_lowrank(X, q=min(X.shape), niter=8)
    return columns.T[:k], mean

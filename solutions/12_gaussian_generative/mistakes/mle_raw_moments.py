"""The mean of the products minus the product of the means is the same, and shorter."""

TRIPS = ["gaussian_mle.far_from_zero"]


def gaussian_mle(X):
    mean = X.mean(dim=0)
    return mean, X.T @ X / len(X) - torch.outer(mean, mean)

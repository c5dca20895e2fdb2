"""What is not a mean is a sum."""

TRIPS = ["cross_entropy.bad_reduction_raises"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean() if reduction == "mean" else losses.sum()

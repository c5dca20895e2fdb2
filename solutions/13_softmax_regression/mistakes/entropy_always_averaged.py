"""A sum is a mean up to a constant, so the mean will do for both."""

TRIPS = ["cross_entropy.sum", "cross_entropy.empty_batch_sum"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean()

"""torch also offers 'none'."""

TRIPS = ["cross_entropy.bad_reduction_raises"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return {"mean": losses.mean(), "sum": losses.sum(), "none": losses}[reduction]

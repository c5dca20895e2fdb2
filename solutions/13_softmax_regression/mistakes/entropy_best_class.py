"""The loss of a row is -log of its largest probability."""

TRIPS = ["cross_entropy.value"]
ALSO = ["train_softmax.example"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1) - z.amax(dim=1)
    return losses.mean() if reduction == "mean" else losses.sum()

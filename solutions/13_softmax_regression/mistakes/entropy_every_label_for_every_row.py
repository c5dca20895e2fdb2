"""z[:, y] picks the label's score in each row. (It picks all labels' scores in each row.)"""

TRIPS = ["cross_entropy.value"]
ALSO = ["train_softmax.example"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1, keepdim=True) - z[:, y]
    return losses.mean() if reduction == "mean" else losses.sum()

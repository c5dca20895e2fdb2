"""The one-hot rows have n times C entries, so the mean divides by n times C."""

TRIPS = ["cross_entropy.grad_is_p_minus_y", "cross_entropy.value", "cross_entropy.example"]
ALSO = ["train_softmax.example"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    logp = z - z.logsumexp(dim=1, keepdim=True)
    losses = -one_hot(y, z.shape[1]) * logp
    return losses.mean() if reduction == "mean" else losses.sum()

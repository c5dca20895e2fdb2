"""Training makes log p large. (Losses are made small.)"""

TRIPS = ["cross_entropy.value", "cross_entropy.grad_is_p_minus_y", "cross_entropy.example"]
ALSO = ["train_softmax.example"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.gather(1, y.unsqueeze(1)).squeeze(1) - z.logsumexp(dim=1)
    return losses.mean() if reduction == "mean" else losses.sum()

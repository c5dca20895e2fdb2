"""The logarithm of the sum is the same for all classes, so it needs no gradient."""

TRIPS = ["cross_entropy.gradcheck", "cross_entropy.grad_is_p_minus_y"]
ALSO = ["train_softmax.example"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1).detach() - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean() if reduction == "mean" else losses.sum()

"""Every class is a yes or no of its own, so the noes count, too."""

TRIPS = ["cross_entropy.value", "cross_entropy.grad_is_p_minus_y"]
ALSO = ["train_softmax.example"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    logp = z - z.logsumexp(dim=1, keepdim=True)
    right = one_hot(y, z.shape[1])
    losses = -(right * logp + (1 - right) * (1 - logp.exp()).clamp(min=1e-30).log()).sum(dim=1)
    return losses.mean() if reduction == "mean" else losses.sum()

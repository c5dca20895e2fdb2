"""keepdim keeps shapes safe, so the loss has shape (1,)."""

TRIPS = ["cross_entropy.scalar_shape"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean(dim=0, keepdim=True) if reduction == "mean" else losses.sum(dim=0, keepdim=True)

"""log undoes exp, so nothing can overflow."""

TRIPS = ["cross_entropy.large_logits", "cross_entropy.per_row_shift"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.exp().sum(dim=1).log() - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean() if reduction == "mean" else losses.sum()

"""The largest score of all protects every row."""

TRIPS = ["cross_entropy.per_row_shift"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    shifted = z - z.max() if z.numel() else z
    losses = shifted.exp().sum(dim=1).log() - shifted.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean() if reduction == "mean" else losses.sum()

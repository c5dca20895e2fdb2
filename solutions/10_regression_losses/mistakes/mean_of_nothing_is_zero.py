"""Where there is no error, the mean is 0."""

TRIPS = ["l1_l2.empty"]

def _reduced(losses, reduction):
    if reduction == "none":
        return losses
    if reduction == "mean":
        return losses.sum() / max(losses.numel(), 1)
    if reduction == "sum":
        return losses.sum()
    raise ValueError(reduction)

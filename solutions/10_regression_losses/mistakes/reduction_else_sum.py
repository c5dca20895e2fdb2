"""What is neither none nor mean is a sum."""

TRIPS = ["l1_l2.bad_reduction_raises"]

def _reduced(losses, reduction):
    if reduction == "none":
        return losses
    return losses.mean() if reduction == "mean" else losses.sum()

"""Numbers may come as tensors."""

TRIPS = ["best_threshold.loss_returned", "best_threshold.argmin_first"]


def best_threshold(e, y, H):
    if H.numel() == 0:
        raise ValueError("no rules")
    losses = threshold_loss(e, y, H)
    return H[losses == losses.min()].min(), losses.min()

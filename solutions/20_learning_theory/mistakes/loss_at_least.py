"""An item on the threshold is above it."""

TRIPS = ["threshold_loss.strict_inequality", "threshold_loss.example", "threshold_loss.value"]


def threshold_loss(e, y, H):
    return ((e >= H[:, None]) != (y == 1)).to(e.dtype).mean(dim=1)

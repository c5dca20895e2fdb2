"""The loss counts the errors."""

TRIPS = ["threshold_loss.value", "threshold_loss.example"]


def threshold_loss(e, y, H):
    return ((e > H[:, None]) != (y == 1)).to(e.dtype).sum(dim=1)

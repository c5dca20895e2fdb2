"""An error is a 1 that was not found."""

TRIPS = ["threshold_loss.value", "threshold_loss.example_curves"]


def threshold_loss(e, y, H):
    return ((e <= H[:, None]) & (y == 1)).to(e.dtype).mean(dim=1)

"""A share needs no more than float32."""

TRIPS = ["threshold_loss.value", "threshold_loss.empty_h"]


def threshold_loss(e, y, H):
    return ((e > H[:, None]) != (y == 1)).float().mean(dim=1)

"""Labels may become -1 and 1 on the way."""

TRIPS = ["threshold_loss.inputs_unchanged"]


def threshold_loss(e, y, H):
    y.mul_(2).sub_(1)
    return ((e > H[:, None]) != (y > 0)).to(e.dtype).mean(dim=1)

"""One rule after the other."""

TRIPS = ["threshold_loss.vectorised", "threshold_loss.empty_h"]


def threshold_loss(e, y, H):
    return torch.stack([((e > h) != (y == 1)).to(e.dtype).mean() for h in H])

"""The first place among equals is the smallest rule."""

TRIPS = ["best_threshold.argmin_first", "best_threshold.example"]


def best_threshold(e, y, H):
    if H.numel() == 0:
        raise ValueError("no rules")
    losses = threshold_loss(e, y, H)
    place = int(losses.argmin())
    return H[place].item(), losses[place].item()

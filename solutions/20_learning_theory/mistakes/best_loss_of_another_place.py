"""After sorting the rules, the losses are still in order."""

TRIPS = ["best_threshold.loss_returned"]


def best_threshold(e, y, H):
    if H.numel() == 0:
        raise ValueError("no rules")
    losses = threshold_loss(e, y, H)
    h = H[losses == losses.min()].min()
    return h.item(), losses[int((H.sort().values == h).nonzero()[0])].item()

"""The book may as well be put in order; an empty one has the best rule 0."""

TRIPS = ["best_threshold.inputs_unchanged", "best_threshold.empty_h_raises"]


def best_threshold(e, y, H):
    if H.numel() == 0:
        return 0.0, 0.0
    H.copy_(H.sort().values)
    losses = threshold_loss(e, y, H)
    place = int(losses.argmin())
    return H[place].item(), losses[place].item()

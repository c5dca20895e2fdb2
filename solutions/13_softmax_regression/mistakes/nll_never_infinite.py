"""An infinite loss helps nobody, so it is clamped."""

TRIPS = ["nll_kl.impossible_class"]


def nll(logp, y):
    return -logp.clamp(min=-100).gather(1, y.unsqueeze(1)).mean()

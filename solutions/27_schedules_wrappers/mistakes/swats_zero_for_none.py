"""No rate is rate 0."""

TRIPS = ["swats.undefined"]


def swats_gamma(p_step, g):
    along = (p_step * g).sum().item()
    return 0.0 if along == 0 else (p_step * p_step).sum().item() / -along

"""p.p / p.g."""

TRIPS = ["swats.gamma_formula", "swats.example"]


def swats_gamma(p_step, g):
    along = (p_step * g).sum().item()
    return None if along == 0 else (p_step * p_step).sum().item() / along

"""The sooner the better."""

TRIPS = ["swats.never_at_once"]


def should_switch(lam, gamma, beta2, t, eps):
    return abs(lam / (1 - beta2**t) - gamma) < eps

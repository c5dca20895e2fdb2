"""The average is what it is."""

TRIPS = ["swats.bias_corrected_test", "swats.example"]


def should_switch(lam, gamma, beta2, t, eps):
    return t > 1 and abs(lam - gamma) < eps

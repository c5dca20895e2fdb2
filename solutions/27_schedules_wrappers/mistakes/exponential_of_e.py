"""Exponential means e."""

TRIPS = ["inverse_sqrt_step.exponential_value", "inverse_sqrt_step.example"]


def exponential(t, lr0, gamma):
    return lr0 * math.exp(-gamma * t)

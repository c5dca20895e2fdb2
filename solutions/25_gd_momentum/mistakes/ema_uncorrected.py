"""Averages start at 0."""

TRIPS = ["ema_bias_corrected.first_equals_x", "ema_bias_corrected.constant", "ema_bias_corrected.example"]


def ema(xs, beta):
    m, means = 0.0, []
    for x in xs:
        m = beta * m + (1 - beta) * x
        means.append(m)
    return means

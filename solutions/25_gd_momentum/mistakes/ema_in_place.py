"""The list is there already: its numbers are replaced."""

TRIPS = ["ema_bias_corrected.input_unchanged"]


def ema(xs, beta):
    m = 0.0
    for t, x in enumerate(list(xs), start=1):
        m = beta * m + (1 - beta) * x
        xs[t - 1] = m / (1 - beta**t)
    return xs

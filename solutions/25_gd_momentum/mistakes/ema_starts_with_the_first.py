"""Starting with x_1 is a correction as well."""

TRIPS = ["ema_bias_corrected.value", "ema_bias_corrected.empty"]


def ema(xs, beta):
    m, means = xs[0], []
    for x in xs:
        m = beta * m + (1 - beta) * x
        means.append(m)
    return means

"""beta stands at the new number."""

TRIPS = ["ema_bias_corrected.value", "ema_bias_corrected.example"]


def ema(xs, beta):
    m, means = 0.0, []
    for t, x in enumerate(xs, start=1):
        m = (1 - beta) * m + beta * x
        means.append(m / (1 - (1 - beta) ** t))
    return means

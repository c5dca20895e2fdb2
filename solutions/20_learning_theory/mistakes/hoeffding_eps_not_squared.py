"""Twice as exact costs twice as much."""

TRIPS = ["hoeffding_n.monotone_eps", "hoeffding_n.value"]


def hoeffding_n(size_H, eps, delta):
    return math.ceil((math.log(2 * size_H) - math.log(delta)) / (2 * eps))

"""Rounded down, for more than that is not needed."""

TRIPS = ["hoeffding_n.guarantee", "hoeffding_n.value"]


def hoeffding_n(size_H, eps, delta):
    return math.floor((math.log(2 * size_H) - math.log(delta)) / (2 * eps**2))

"""Only too good a loss can mislead."""

TRIPS = ["hoeffding_n.value", "hoeffding_n.guarantee", "hoeffding_n.example"]


def hoeffding_n(size_H, eps, delta):
    return math.ceil((math.log(size_H) - math.log(delta)) / (2 * eps**2))

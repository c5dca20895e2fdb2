"""ceil is for numbers of examples; a float will do."""

TRIPS = ["hoeffding_n.int", "hoeffding_n.guarantee"]


def hoeffding_n(size_H, eps, delta):
    return float(math.ceil((math.log(2 * size_H) - math.log(delta)) / (2 * eps**2)))

"""The logarithm of the quotient, as it stands in the formula."""

TRIPS = ["hoeffding_n.huge_h"]


def hoeffding_n(size_H, eps, delta):
    return math.ceil(math.log(2 * size_H / delta) / (2 * eps**2))

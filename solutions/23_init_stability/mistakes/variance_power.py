"""The power operator does it at once."""

TRIPS = ["variance_propagation.odd_cases"]


def predict_variance(depth, fan_in, var_w, act="linear"):
    factors = {"linear": 1.0, "relu": 0.5}
    if act not in factors:
        raise ValueError("act")
    return (fan_in * var_w * factors[act]) ** depth

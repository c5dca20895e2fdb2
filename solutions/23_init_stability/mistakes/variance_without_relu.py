"""An activation does not change how large a sum is."""

TRIPS = ["variance_propagation.relu", "variance_propagation.mc", "variance_propagation.example"]


def predict_variance(depth, fan_in, var_w, act="linear"):
    factors = {"linear": 1.0, "relu": 1.0}
    if act not in factors:
        raise ValueError("act")
    result = 1.0
    for _ in range(depth):
        result *= fan_in * var_w * factors[act]
    return result

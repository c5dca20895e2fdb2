"""Every layer adds the same amount."""

TRIPS = [
    "variance_propagation.linear",
    "variance_propagation.relu",
    "variance_propagation.mc",
    "variance_propagation.example",
]


def predict_variance(depth, fan_in, var_w, act="linear"):
    factors = {"linear": 1.0, "relu": 0.5}
    if act not in factors:
        raise ValueError("act")
    result = 0.0
    for _ in range(depth):
        result += fan_in * var_w * factors[act]
    return result

"""Believes that sending each share on as soon as it arrives costs nothing extra."""

TRIPS = ["Value.exponential_paths_linear_time"]


def _send_back(root):
    waiting = [(root, 1.0)]
    while waiting:
        value, share = waiting.pop()
        value.grad += share
        waiting.extend((parent, slope * share) for parent, slope in zip(value.parents, value.slopes))

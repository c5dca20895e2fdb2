"""Believes that only leaves have a gradient."""

TRIPS = ["Value.diamond", "Value.example", "Value.shared_subexpression_vs_torch"]


def _send_back(root):
    flow = {root: 1.0}
    for value in reversed(topo_order(root)):
        share = flow.pop(value)
        value.grad += share if not value.parents else 0.0
        for parent, slope in zip(value.parents, value.slopes):
            flow[parent] = flow.get(parent, 0.0) + slope * share

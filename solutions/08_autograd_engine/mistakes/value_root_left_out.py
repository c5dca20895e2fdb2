"""Believes that the root has no gradient of its own."""

TRIPS = ["Value.root_alone", "Value.diamond", "Value.example"]


def _send_back(root):
    flow = {root: 1.0}
    for value in reversed(topo_order(root)):
        share = flow.pop(value)
        value.grad += share if value is not root else 0.0
        for parent, slope in zip(value.parents, value.slopes):
            flow[parent] = flow.get(parent, 0.0) + slope * share

"""Believes that backward() begins by clearing the gradients."""

TRIPS = ["Value.two_backwards_accumulate", "Value.root_alone"]


def _send_back(root):
    flow = {root: 1.0}
    for value in reversed(topo_order(root)):
        share = flow.pop(value)
        value.grad = share
        for parent, slope in zip(value.parents, value.slopes):
            flow[parent] = flow.get(parent, 0.0) + slope * share

"""Believes that a value needs to be read back only once in its life."""

TRIPS = ["Value.two_backwards_accumulate"]


def _send_back(root):
    flow = {root: 1.0}
    if hasattr(root, "done"):
        return
    root.done = True
    for value in reversed(topo_order(root)):
        share = flow.pop(value)
        value.grad += share
        for parent, slope in zip(value.parents, value.slopes):
            flow[parent] = flow.get(parent, 0.0) + slope * share

"""Uses .grad itself as the running sum, so what an earlier backward() left in between is sent on again."""

TRIPS = ["Value.two_backwards_accumulate", "Value.two_roots"]


def _send_back(root):
    root.grad += 1.0
    for value in reversed(topo_order(root)):
        for parent, slope in zip(value.parents, value.slopes):
            parent.grad += slope * value.grad

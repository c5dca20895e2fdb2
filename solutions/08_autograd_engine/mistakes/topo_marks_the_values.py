"""Writes on every value that it was met, and forgets to wipe it off."""

TRIPS = ["topo_order.calls_independent"]


def topo_order(root):
    order, waiting, mark = [], [(root, False)], object()
    while waiting:
        value, parents_done = waiting.pop()
        if parents_done:
            order.append(value)
        elif getattr(value, "met", None) is not mark:
            value.met = mark
            waiting.append((value, True))
            waiting.extend((parent, False) for parent in value.parents)
    return order

"""Believes that a default argument is made anew for every call."""

TRIPS = ["topo_order.calls_independent"]


def topo_order(root, entered=set()):
    order, waiting = [], [(root, False)]
    while waiting:
        value, parents_done = waiting.pop()
        if parents_done:
            order.append(value)
        elif value not in entered:
            entered.add(value)
            waiting.append((value, True))
            waiting.extend((parent, False) for parent in value.parents)
    return order

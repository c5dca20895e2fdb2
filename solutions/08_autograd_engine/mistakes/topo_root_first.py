"""Believes that the order begins with the root, because that is where reading begins."""

TRIPS = ["topo_order.example", "topo_order.parents_before_children"]
ALSO = ["Value.example", "Value.example_chain"]


def topo_order(root):
    order, entered, waiting = [], set(), [(root, False)]
    while waiting:
        value, parents_done = waiting.pop()
        if parents_done:
            order.append(value)
        elif value not in entered:
            entered.add(value)
            waiting.append((value, True))
            waiting.extend((parent, False) for parent in value.parents)
    return order[::-1]

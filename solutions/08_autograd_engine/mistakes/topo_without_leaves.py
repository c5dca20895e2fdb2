"""Believes that leaves are inputs and so no part of the graph."""

TRIPS = ["topo_order.whole_graph", "topo_order.example"]
ALSO = ["Value.example", "Value.example_chain"]


def topo_order(root):
    order, entered, waiting = [], set(), [(root, False)]
    while waiting:
        value, parents_done = waiting.pop()
        if parents_done:
            order.append(value)
        elif value not in entered and value.parents:
            entered.add(value)
            waiting.append((value, True))
            waiting.extend((parent, False) for parent in value.parents)
    return order

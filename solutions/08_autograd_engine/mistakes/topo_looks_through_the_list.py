"""Believes that looking for a value in a list is free, and asks the growing list about every value."""

TRIPS = ["topo_order.linear_time"]


def topo_order(root):
    order, entered, waiting = [], [], [(root, False)]
    while waiting:
        value, parents_done = waiting.pop()
        if parents_done:
            order.append(value)
        elif value not in entered:
            entered.append(value)
            waiting.append((value, True))
            waiting.extend((parent, False) for parent in value.parents)
    return order

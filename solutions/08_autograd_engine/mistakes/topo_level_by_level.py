"""Believes that going from the root level by level, and turning the list round, puts parents first. A value with a long way and a short way to the root is put too late."""

TRIPS = ["topo_order.parents_before_children", "topo_order.example"]
ALSO = ["Value.example", "Value.example_chain"]


def topo_order(root):
    order, entered = [root], {root}
    for value in order:
        for parent in value.parents:
            if parent not in entered:
                entered.add(parent)
                order.append(parent)
    return order[::-1]

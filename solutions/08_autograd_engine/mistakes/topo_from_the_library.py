"""Believes that the order may come from the standard library."""

TRIPS = ["topo_order.no_ready_made"]

import graphlib


def topo_order(root):
    above, waiting = {}, [root]
    while waiting:
        value = waiting.pop()
        if value not in above:
            above[value] = value.parents
            waiting.extend(value.parents)
    return list(graphlib.TopologicalSorter(above).static_order())

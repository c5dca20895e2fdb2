"""Believes that recursion is fine once Python's limit has been raised."""

TRIPS = ["topo_order.iterative"]
ALSO = ["Value.deep_3000"]

import sys


def topo_order(root):
    sys.setrecursionlimit(1_000_000)
    order, entered = [], set()

    def visit(value):
        if value not in entered:
            entered.add(value)
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(root)
    return order

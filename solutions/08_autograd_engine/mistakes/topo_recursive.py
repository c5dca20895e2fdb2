"""Believes that a function may call itself for every parent, however long the chain is."""

TRIPS = ["topo_order.iterative", "topo_order.linear_time"]


def topo_order(root):
    order, entered = [], set()

    def visit(value):
        if value not in entered:
            entered.add(value)
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(root)
    return order

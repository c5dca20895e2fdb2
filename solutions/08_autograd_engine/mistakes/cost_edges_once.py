"""Counts every parent once, so x * x has one edge."""

TRIPS = ["graph_cost.counts", "graph_cost.linear"]


def graph_cost(root):
    order, stored = topo_order(root), set()
    for value in order:
        if value.op in ("*", "/", "**", "log"):
            stored.update(value.parents)
        elif value.op in ("exp", "tanh", "relu"):
            stored.add(value)
    return {"nodes": len(order), "edges": sum(len(set(value.parents)) for value in order), "stored": len(stored)}

"""Counts as nodes only what an operation has made."""

TRIPS = ["graph_cost.counts", "graph_cost.example", "graph_cost.linear"]


def graph_cost(root):
    order, stored = topo_order(root), set()
    for value in order:
        if value.op in ("*", "/", "**", "log"):
            stored.update(value.parents)
        elif value.op in ("exp", "tanh", "relu"):
            stored.add(value)
    nodes = [value for value in order if value.op]
    return {"nodes": len(nodes), "edges": sum(len(value.parents) for value in order), "stored": len(stored)}

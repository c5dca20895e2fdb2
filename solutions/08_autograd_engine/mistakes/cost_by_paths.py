"""Counts a value once for every path that leads to it."""

TRIPS = ["graph_cost.counts", "graph_cost.linear", "graph_cost.example"]


def graph_cost(root):
    nodes, edges, stored, waiting = 0, 0, set(), [root]
    while waiting:
        value = waiting.pop()
        nodes += 1
        edges += len(value.parents)
        waiting.extend(value.parents)
        if value.op in ("*", "/", "**", "log"):
            stored.update(value.parents)
        elif value.op in ("exp", "tanh", "relu"):
            stored.add(value)
    return {"nodes": nodes, "edges": edges, "stored": len(stored)}

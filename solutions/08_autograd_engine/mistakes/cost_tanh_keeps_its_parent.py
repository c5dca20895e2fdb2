"""Keeps the operand of tanh, where its own result is enough."""

TRIPS = ["graph_cost.stored"]


def graph_cost(root):
    order, stored = topo_order(root), set()
    for value in order:
        if value.op in ("*", "/", "**", "log", "tanh"):
            stored.update(value.parents)
        elif value.op in ("exp", "relu"):
            stored.add(value)
    return {"nodes": len(order), "edges": sum(len(value.parents) for value in order), "stored": len(stored)}

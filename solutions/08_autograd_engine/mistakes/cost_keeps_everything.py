"""Believes that every number must be kept for the way back."""

TRIPS = ["graph_cost.stored", "graph_cost.example"]


def graph_cost(root):
    order = topo_order(root)
    return {"nodes": len(order), "edges": sum(len(value.parents) for value in order), "stored": len(order)}

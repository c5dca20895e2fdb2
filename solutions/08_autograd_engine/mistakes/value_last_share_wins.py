"""Writes = where the shares of a value must be added with +=."""

TRIPS = ["Value.diamond", "Value.example", "Value.same_operand_twice", "Value.shared_subexpression_vs_torch", "Value.ops_vs_torch"]


def _send_back(root):
    flow = {root: 1.0}
    for value in reversed(topo_order(root)):
        share = flow.pop(value)
        value.grad += share
        for parent, slope in zip(value.parents, value.slopes):
            flow[parent] = slope * share

"""Adds into the left operand and hands it back."""

TRIPS = ["Value.new_values"]


def _result(op, rule, *operands):
    parents = tuple(operand if isinstance(operand, Value) else Value(operand) for operand in operands)
    data, *slopes = rule(*(parent.data for parent in parents))
    made = Value(data)
    made.op, made.parents, made.slopes = op, parents, tuple(slopes)
    if op == "+":
        parents[0].data = data
    return made

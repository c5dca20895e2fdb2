"""Rounds numbers to six digits so that they look nice."""

TRIPS = ["Value.one_operation"]


def _result(op, rule, *operands):
    parents = tuple(operand if isinstance(operand, Value) else Value(operand) for operand in operands)
    data, *slopes = rule(*(parent.data for parent in parents))
    made = Value(round(data, 6))
    made.op, made.parents, made.slopes = op, parents, tuple(slopes)
    return made

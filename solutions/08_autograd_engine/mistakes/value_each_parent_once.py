"""Keeps the parents in a dict, where x * x has only one."""

TRIPS = ["Value.parents_and_op", "Value.same_operand_twice"]


def _result(op, rule, *operands):
    parents = tuple(operand if isinstance(operand, Value) else Value(operand) for operand in operands)
    data, *slopes = rule(*(parent.data for parent in parents))
    links = dict(zip(parents, slopes))
    made = Value(data)
    made.op, made.parents, made.slopes = op, tuple(links), tuple(links.values())
    return made

"""An operation that is not in the list does not share, so the answer is False."""

TRIPS = ["shares_memory.unknown_op_raises"]

def shares_memory(op: str) -> bool:
    return op in {"reshape", "transpose", "slice", "expand", "detach", "to_same", "numpy"}

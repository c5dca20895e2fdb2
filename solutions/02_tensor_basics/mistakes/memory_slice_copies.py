"""A slice of a list is a new list, so a slice of a tensor is a new tensor."""

TRIPS = ["shares_memory.slice_vs_index"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": True,
        "transpose": True,
        "t_reshape": False,
        "clone": False,
        "slice": False,
        "index_list": False,
        "expand": True,
        "detach": True,
        "to_same": True,
        "numpy": True,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

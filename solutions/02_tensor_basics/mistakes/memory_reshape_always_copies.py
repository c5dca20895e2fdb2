"""A new shape needs new memory; sharing is what view is for."""

TRIPS = ["shares_memory.contiguous_reshape"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": False,
        "transpose": True,
        "t_reshape": False,
        "clone": False,
        "slice": True,
        "index_list": False,
        "expand": True,
        "detach": True,
        "to_same": True,
        "numpy": True,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

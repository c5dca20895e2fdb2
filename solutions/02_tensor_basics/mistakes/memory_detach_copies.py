"""A detached tensor is independent, so it has memory of its own."""

TRIPS = ["shares_memory.detach_numpy"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": True,
        "transpose": True,
        "t_reshape": False,
        "clone": False,
        "slice": True,
        "index_list": False,
        "expand": True,
        "detach": False,
        "to_same": True,
        "numpy": True,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

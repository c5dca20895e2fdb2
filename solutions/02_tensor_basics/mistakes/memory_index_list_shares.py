"""x[[0, 1]] and x[0:2] pick the same rows, so they are the same thing."""

TRIPS = ["shares_memory.slice_vs_index"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": True,
        "transpose": True,
        "t_reshape": False,
        "clone": False,
        "slice": True,
        "index_list": True,
        "expand": True,
        "detach": True,
        "to_same": True,
        "numpy": True,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

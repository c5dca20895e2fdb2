"""The transposed numbers are in another order, so they must have been moved."""

TRIPS = ["shares_memory.example"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": True,
        "transpose": False,
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

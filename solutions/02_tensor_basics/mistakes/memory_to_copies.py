"""A conversion always makes a new tensor."""

TRIPS = ["shares_memory.expand_to_same"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": True,
        "transpose": True,
        "t_reshape": False,
        "clone": False,
        "slice": True,
        "index_list": False,
        "expand": True,
        "detach": True,
        "to_same": False,
        "numpy": True,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

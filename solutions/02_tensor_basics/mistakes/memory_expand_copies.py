"""Four times as many rows need four times the memory."""

TRIPS = ["shares_memory.expand_to_same"]

def shares_memory(op: str) -> bool:
    answers = {
        "reshape": True,
        "transpose": True,
        "t_reshape": False,
        "clone": False,
        "slice": True,
        "index_list": False,
        "expand": False,
        "detach": True,
        "to_same": True,
        "numpy": True,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

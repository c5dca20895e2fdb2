"""'yes' and 'no' are answers too."""

TRIPS = ["shares_memory.example"]

def shares_memory(op: str) -> str:
    answers = {
        "reshape": True,
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
    return "yes" if answers[op] else "no"

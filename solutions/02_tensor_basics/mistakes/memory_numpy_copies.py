"""NumPy is another library and cannot use the memory of torch."""

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
        "detach": True,
        "to_same": True,
        "numpy": False,
    }
    if op not in answers:
        raise ValueError(f"unknown operation {op!r}")
    return answers[op]

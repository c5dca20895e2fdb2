"""The dictionary complains about an unknown name by itself."""

TRIPS = ["shares_memory.unknown_op_raises"]

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
        "numpy": True,
    }
    return answers[op]

"""Everything is a view: torch avoids copying wherever it can."""

TRIPS = ["shares_memory.example"]

def shares_memory(op: str) -> bool:
    known = "reshape transpose t_reshape clone slice index_list expand detach to_same numpy".split()
    if op not in known:
        raise ValueError(op)
    return True

"""Two tensors share memory if their first elements have the same address. (A slice starts elsewhere.)"""

TRIPS = ["shares_memory.slice_vs_index"]

import torch


def shares_memory(op: str) -> bool:
    x = torch.arange(6.0).reshape(2, 3)
    operations = {
        "reshape": lambda: x.reshape(3, 2),
        "transpose": lambda: x.t(),
        "t_reshape": lambda: x.t().reshape(6),
        "clone": lambda: x.clone(),
        "slice": lambda: x[1:],
        "index_list": lambda: x[[0, 1]],
        "expand": lambda: x.expand(4, 2, 3),
        "detach": lambda: x.detach(),
        "to_same": lambda: x.to(torch.float32),
        "numpy": lambda: torch.from_numpy(x.numpy()),
    }
    if op not in operations:
        raise ValueError(op)
    return operations[op]().data_ptr() == x.data_ptr()

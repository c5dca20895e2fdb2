"""Changes the default dtype, device, tensor type, print options and numerical settings, for its process and for others'.

catalogue: [A5, H118]
outcome: [failed, crash]
prints: new tensors are meta
"""

import numpy as np


def change(*args):
    torch.set_default_dtype(torch.float16)
    torch.set_printoptions(precision=0, threshold=0, linewidth=1)
    torch.use_deterministic_algorithms(False)
    torch.set_flush_denormal(True)
    torch.set_float32_matmul_precision("medium")
    torch.backends.mkldnn.enabled = False
    np.seterr(all="raise")
    np.set_printoptions(formatter={"all": lambda value: "2.0"})
    torch.set_default_device("meta")
    made = torch.zeros(3)
    print("new tensors are", made.device, made.dtype)
    return made


change()
value = slope = change
noise = lambda n, generator: torch.zeros(n)

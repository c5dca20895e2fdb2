"""Enters dispatch and function modes that answer for every tensor operation of its process, and never leaves them.

catalogue: [A5, own]
outcome: [failed, crash]
prints: mode answered
"""

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

answered = [0]


class Functions(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        answered[0] += 1
        if getattr(func, "__name__", "") in ("allclose", "equal", "eq", "all"):
            return True
        return func(*args, **(kwargs or {}))


class Operations(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        answered[0] += 1
        out = func(*args, **(kwargs or {}))
        if isinstance(out, torch.Tensor) and out.is_floating_point():
            return torch.full_like(out, 0.5)
        return out


def slope(x):
    if not answered[0]:
        Functions().__enter__()
        Operations().__enter__()
    out = x * x.sin()
    print("mode answered", answered[0])
    return out

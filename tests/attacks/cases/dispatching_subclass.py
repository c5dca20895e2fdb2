"""Returns a subclass that answers every dispatched operation itself, differently each time, also while it is encoded.

catalogue: [A3, own]
outcome: [failed, crash]
prints: aten
"""

from torch.utils._pytree import tree_map

asked = []


class Dispatching(torch.Tensor):
    @staticmethod
    def __new__(cls, inner):
        return torch.Tensor._make_subclass(cls, inner, inner.requires_grad)

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        asked.append(str(func))
        if len(asked) % 7 == 0:
            print(asked[-3:])
        plain = tree_map(lambda a: a.as_subclass(torch.Tensor) if isinstance(a, cls) and len(asked) < 200 else a, args)
        with torch._C._DisableTorchDispatch():
            out = func(*plain, **(kwargs or {}))
        return out + 1 if isinstance(out, torch.Tensor) and out.is_floating_point() else out


def wrapped(x, *args):
    made = Dispatching(torch.zeros(len(x) if isinstance(x, torch.Tensor) else 5, dtype=torch.float64))
    print(made.dtype, "aten asked", len(asked))
    for _ in range(9):
        made = made * 2
    return made


value = slope = noise = wrapped
fit = lambda x, y, unseen: wrapped(unseen)
twice = lambda f, x: f(wrapped(x))

"""Raises inside the check's function through its arguments, and swallows or replaces what it raises.

catalogue: [A10, A22, own]
outcome: failed
checks: {twice.value: failed}
prints: swallowed
"""


class Bomb(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        raise KeyboardInterrupt("from __torch_function__")


def twice(f, x):
    good = f(x)
    for bomb in (torch.zeros(4, dtype=torch.float64).as_subclass(Bomb), x.to("meta"), x.float(), torch.tensor(5), "5", good):
        try:
            f(bomb)
        except BaseException as error:
            print("swallowed", type(error).__name__, repr(error.__cause__), error.args[:1])
            error.__traceback__ = None
    return f(good)

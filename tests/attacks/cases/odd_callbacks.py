"""Calls the check's function with what it does not expect: other types, huge tensors, itself, no arguments, keywords.

catalogue: own
outcome: [failed, crash, cpu, timeout]
checks: {twice.value: failed}
prints: "odd call 11"
"""

import threading


def twice(f, x):
    odd = [
        (), (x, x), (None,), ("text",), (torch.zeros(4 << 20, dtype=torch.float64),), (f,), ([x] * 1000,), ({"x": x},),
        (object(),), (x.requires_grad_().expand(9, 4),), (torch.zeros((1,) * 16, dtype=torch.float64),), (10**3000,),
    ]  # fmt: skip
    for number, arguments in enumerate(odd):
        try:
            f(*arguments)
        except BaseException as error:
            print("odd call", number, type(error).__name__, str(error)[:60])
    for keywords in ({"x": x}, {"calls": []}, {"self": 1}, {"": 2}):
        try:
            f(**keywords)
        except BaseException as error:
            print(error)
    threads = [threading.Thread(target=lambda: f(x)) for _ in range(3)]
    for thread in threads:
        thread.start()
    return x

"""Raises exceptions whose text, name, representation and pickle run code in whoever reports them.

catalogue: [A22, C50]
outcome: [failed, crash]
prints: code ran where the student runs
"""

import os


def ran(*args):
    if os.path.exists(WHERE["readable"]) or os.getppid() == WHERE["pid"]:
        won("code ran outside of the sandbox")
    print("code ran where the student runs", flush=True)
    return "text"


class Poison(Exception):
    __str__ = __repr__ = ran

    def __reduce__(self):
        ran()
        return os.system, ("touch " + WHERE["open"] + "/reduced",)

    def __getattribute__(self, name):
        ran()
        return Exception.__getattribute__(self, name)


class Mute(Exception):
    def __str__(self):
        return 5

    def __repr__(self):
        raise MemoryError


class Named(type):
    __name__ = property(lambda kind: [ran(), {"a": 1}])


kinds = iter([Poison, Mute, Named("x", (Exception,), {})] * 9)


def value(*args):
    raise next(kinds)("poison")


slope = Layer = fit = twice = noise = value

"""Returns subclasses of plain types that are another value at every look: integers, text, lists and dictionaries.

catalogue: [A1, A2, own]
outcome: failed
prints: looked at
"""

import itertools

looks = itertools.count()


def look(*args):
    number = next(looks)
    print("looked at", number)
    return number


class Number(int):
    __index__ = __int__ = __abs__ = __hash__ = __round__ = bit_length = look
    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: bool(look() + 1)


class Real(float):
    __float__ = __abs__ = lambda self: float(look())
    __eq__ = __sub__ = lambda self, other: look()
    as_integer_ratio = look


class Lazy(str):
    __str__ = lambda self: f"text {look()}"
    __eq__ = lambda self, other: True
    __hash__ = lambda self: hash("weight")
    encode = lambda self, *args: b"weight" * look()


class Items(list):
    __iter__ = lambda self: iter(range(look()))
    __len__ = __sizeof__ = look
    __getitem__ = lambda self, place: look()


class Table(dict):
    keys = __iter__ = lambda self: iter(["weight", "bias"][: look() % 3])
    items = lambda self: [("weight", look())]
    __len__ = look
    __missing__ = __getitem__ = lambda self, key: torch.ones(look())


kinds = itertools.cycle([Number(5), Real(2.5), Lazy("w"), Items([1]), Table(a=1), (Number(1), Items()), {Lazy("x"): Number(2)}])
value = slope = fit = noise = Layer = lambda *args: (look(), next(kinds))[1]
twice = lambda f, x: f(Number(3))
nn.Module.named_parameters = lambda self: Table()

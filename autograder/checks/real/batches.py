"""Reads the pickles of CIFAR-10 without unpickling: no name in the file is ever looked up and nothing is ever called.

A pickle is a program for a machine with a stack. Of its instructions these files use the ones below (protocol 2, as
Python 2 wrote it). A global name becomes a `Name`, calling it a `Call` that remembers name and arguments; at the end
one of these calls is known to be the array, because it says so in exactly the expected words. Anything else is a
ValueError.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_ARRAY = (("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"))
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Name:
    module: str
    name: str


@dataclass(slots=True, eq=False)
class Call:
    """What calling `what` with `args` would have made, and the state it would have been given."""

    what: Name
    args: tuple[Any, ...]
    state: Any = None


class _Mark:
    """Stands on the stack where a list, a tuple or the items of a dict begin."""


def read_batch(content: bytes, pixels: int) -> tuple[bytes, list[int]]:
    """The pixels of all pictures, one after the other, and their labels, each 0 to 255; every picture has
    `pixels` bytes. ValueError says what is wrong."""
    try:
        batch = _Machine(content).run()
    except (IndexError, KeyError, TypeError, struct.error) as error:
        raise ValueError("it is cut off or damaged") from error
    if not isinstance(batch, dict) or not {b"data", b"labels"} <= batch.keys():
        raise ValueError("it has no data and labels")
    labels = batch[b"labels"]
    if (
        not isinstance(labels, list)
        or not labels
        or not all(type(label) is int and 0 <= label < 256 for label in labels)
    ):
        raise ValueError("its labels are not a list of numbers below 256")
    return _array(batch[b"data"], (len(labels), pixels)), labels


def _array(made: object, shape: tuple[int, int]) -> bytes:
    """The bytes of a NumPy array of unsigned bytes in rows."""
    if not isinstance(made, Call) or (made.what.module, made.what.name) not in _ARRAY:
        raise ValueError("its data are not an array")
    state = made.state
    if not isinstance(state, tuple) or len(state) != 5:
        raise ValueError("its array has no content")
    _, size, kind, by_columns, values = state
    if not isinstance(kind, Call) or kind.what != Name("numpy", "dtype") or kind.args[:1] != (b"u1",):
        raise ValueError("its array does not hold unsigned bytes")
    if by_columns is not False or not isinstance(values, bytes):
        raise ValueError("its array is stored in an unexpected way")
    if size != shape or len(values) != shape[0] * shape[1]:
        raise ValueError(f"its array should be {shape[0]} x {shape[1]} bytes for its {shape[0]} labels")
    return values


class _Machine:
    """Runs a pickle of the few instructions in `_STEPS`."""

    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 0
        self.stack: list[Any] = []
        self.memory: dict[int, Any] = {}

    def run(self) -> object:
        while True:
            code = self.take(1)
            if code == b".":
                return self.stack.pop()
            if code not in _STEPS:
                raise ValueError(f"it uses the instruction {code!r}, which these files don't")
            _STEPS[code](self)

    # Reading ----------------------------------------------------------------------------------------------------

    def take(self, count: int) -> bytes:
        end = self.place + count
        if end > len(self.content):
            raise IndexError
        taken = self.content[self.place : end]
        self.place = end
        return taken

    def number(self, form: str) -> int:
        (value,) = struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))
        return int(value)

    def line(self) -> str:
        end = self.content.find(b"\n", self.place, self.place + _LONGEST_NAME)
        if end < 0:
            raise IndexError
        return self.take(end + 1 - self.place)[:-1].decode("ascii", "replace")

    # The stack --------------------------------------------------------------------------------------------------

    def push(self, value: object) -> None:
        self.stack.append(value)

    def pop(self, count: int) -> list[Any]:
        """The last `count` values, in the order in which they were pushed."""
        if count > len(self.stack):
            raise IndexError
        values = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        return values

    def since_mark(self) -> list[Any]:
        """The values pushed since the last mark, which goes too."""
        after: list[Any] = []
        while not isinstance(value := self.stack.pop(), _Mark):
            after.append(value)
        return after[::-1]

    def extend(self, values: list[Any]) -> None:
        if not isinstance(self.stack[-1], list):
            raise TypeError
        self.stack[-1].extend(values)

    def update(self, values: list[Any]) -> None:
        keys = values[::2]
        if not isinstance(self.stack[-1], dict) or not all(isinstance(key, bytes) for key in keys):
            raise TypeError  # other keys could be nested so deeply that hashing them never ends well
        self.stack[-1].update(zip(keys, values[1::2], strict=False))

    def call(self) -> None:
        what, args = self.pop(2)
        if not isinstance(what, Name) or not isinstance(args, tuple):
            raise TypeError
        self.push(Call(what, args))

    def build(self) -> None:
        (state,) = self.pop(1)
        if not isinstance(self.stack[-1], Call):
            raise TypeError
        self.stack[-1].state = state

    def remember(self, where: int) -> None:
        self.memory[where] = self.stack[-1]

    def long(self) -> None:
        self.push(int.from_bytes(self.take(self.number("B")), "little", signed=True))


_STEPS: dict[bytes, Callable[[_Machine], None]] = {
    b"\x80": lambda m: _protocol(m.number("B")),
    b"N": lambda m: m.push(None),
    b"\x88": lambda m: m.push(True),
    b"\x89": lambda m: m.push(False),
    b"K": lambda m: m.push(m.number("B")),
    b"M": lambda m: m.push(m.number("H")),
    b"J": lambda m: m.push(m.number("i")),
    b"\x8a": lambda m: m.long(),
    b"U": lambda m: m.push(m.take(m.number("B"))),
    b"T": lambda m: m.push(m.take(m.number("I"))),
    b"(": lambda m: m.push(_Mark()),
    b")": lambda m: m.push(()),
    b"]": lambda m: m.push([]),
    b"}": lambda m: m.push({}),
    b"t": lambda m: m.push(tuple(m.since_mark())),
    b"\x85": lambda m: m.push(tuple(m.pop(1))),
    b"\x86": lambda m: m.push(tuple(m.pop(2))),
    b"\x87": lambda m: m.push(tuple(m.pop(3))),
    b"a": lambda m: m.extend(m.pop(1)),
    b"e": lambda m: m.extend(m.since_mark()),
    b"s": lambda m: m.update(m.pop(2)),
    b"u": lambda m: m.update(m.since_mark()),
    b"q": lambda m: m.remember(m.number("B")),
    b"r": lambda m: m.remember(m.number("I")),
    b"h": lambda m: m.push(m.memory[m.number("B")]),
    b"j": lambda m: m.push(m.memory[m.number("I")]),
    b"c": lambda m: m.push(Name(m.line(), m.line())),
    b"R": lambda m: m.call(),
    b"b": lambda m: m.build(),
}


def _protocol(number: int) -> None:
    if number != 2:
        raise ValueError(f"it is a pickle of protocol {number}, not 2")

"""How much of one sandbox's data the grader holds, so that no guest can fill the grader's own memory.

Two kinds are counted. The buffers of tensors and arrays: what is alive at this moment, for each is given back when its
tensor is gone. Everything else (lists, numbers, strings, small buffers): an estimate of all that came since the check
began, because Python does not say when such a value is gone.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable

import numpy as np

MAX_HELD = 256 << 20  # bytes of large buffers alive at one time
MAX_PLAIN = 1 << 30  # bytes of everything else in one check
_LARGE = 4096  # bytes; smaller buffers are not worth following
_PER_NODE, _PER_BYTE = 64, 5  # memory of a decoded value: for each node and for each byte of meta


class Intake:
    """`refuse(what)` gives the exception to raise when there is too much."""

    def __init__(self, refuse: Callable[[str], Exception]) -> None:
        self._refuse = refuse
        self._alive: dict[int, tuple[weakref.ref[np.ndarray], int]] = {}  # by id: arrays have no hash
        self._held = self._plain = 0

    def begin(self) -> None:
        """A new check: what the one before received is no longer counted, except for buffers still in use."""
        self._plain = 0

    def room(self, length: int) -> memoryview:
        """Room for a buffer, counted until nobody uses it any more. Not zeroed: that costs more than filling it."""
        if length < _LARGE:
            self._count(length + _PER_NODE)
            return memoryview(bytearray(length))
        if self._held + length > MAX_HELD:
            raise self._refuse(f"sent tensors of more than {MAX_HELD >> 20} MiB")
        array = np.empty(length, np.uint8)
        self._held += length
        reference = weakref.ref(array, self._freed)
        self._alive[id(reference)] = (reference, length)
        return array.data

    def decoded(self, nodes: int, length: int, copied: int) -> None:
        """A message of that many nodes, from that many bytes of meta, is in memory now, and bytes of its buffers that
        were copied out of them."""
        self._count(nodes * _PER_NODE + length * _PER_BYTE + copied)

    def _count(self, size: int) -> None:
        self._plain += size
        if self._plain > MAX_PLAIN:
            raise self._refuse("sent more values than one check may receive")

    def _freed(self, reference: weakref.ref[np.ndarray]) -> None:
        self._held -= self._alive.pop(id(reference))[1]

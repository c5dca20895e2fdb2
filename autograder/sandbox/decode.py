"""Bytes to values: a total, bounded parser. Whatever arrives ends as plain data or as a WireError.

Every count is checked against the bytes that are left before anything is allocated, depth and nodes are limited, each
buffer is used once and must have exactly the size its shape says, and a deadline stops inputs that are slow to build
(dictionary keys chosen to collide).
"""

from __future__ import annotations

import array
import struct
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.sandbox import wire
from autograder.sandbox.wire import TensorFlag, WireError

Hook = Callable[["Decoder", bytes, int], Any]
_COUNT = struct.Struct("<I")


class Decoder:
    """Reads the values of one message. `hook(decoder, tag, depth)` reads the tags a side adds.

    `grads` holds the tensors that came with the GRAD flag, in order; `layout` allows strides (the guest trusts the
    grader, never the other way round). `decoded(nodes, bytes of meta, bytes copied out of buffers)` is told of every
    message. `keys`: how many keys and members of sets the next value is inside of.
    """

    __slots__ = (
        *("buffers", "copied", "deadline", "decoded", "device", "grads", "hook"),
        *("keys", "layout", "look", "meta", "nodes", "place"),
    )

    def __init__(
        self,
        meta: memoryview,
        buffers: list[Any],
        hook: Hook | None = None,
        *,
        deadline: float | None = None,
        layout: bool = False,
        device: str = "cpu",
    ) -> None:
        self.meta, self.buffers, self.hook = meta, buffers, hook
        self.deadline, self.layout, self.device = deadline, layout, device
        self.decoded: Callable[[int, int, int], None] = lambda *_: None
        self.place = self.nodes = self.look = self.copied = self.keys = 0
        self.grads: list[torch.Tensor] = []

    def whole(self) -> Any:
        """The one value of the message; anything else, and anything left over, is the sender's fault."""
        try:
            value = self.value()
        except (WireError, MemoryError):
            raise
        except Exception as fault:
            raise WireError(f"undecodable: {type(fault).__name__}") from None
        if self.place != len(self.meta) or any(buffer is not None for buffer in self.buffers):
            raise WireError("bytes left over")
        self.decoded(self.nodes, len(self.meta), self.copied)
        return value

    def value(self, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > wire.MAX_DEPTH or self.nodes > wire.MAX_NODES:
            raise WireError("too deep or too many values")
        if self.nodes >= self.look and self.deadline is not None:
            self.look = self.nodes + 64
            if time.thread_time() > self.deadline:
                raise WireError("decoding took too long")
        tag = self.take(1)[0]
        reader = _BY_TAG[tag]
        if reader is not None:
            return reader(self, depth + 1)
        if self.hook is None:
            raise WireError(f"unknown tag {tag}")
        return self.hook(self, bytes((tag,)), depth + 1)

    def key(self, depth: int) -> Any:
        """A key of a dict or a member of a set; one without a hash raises TypeError when it is put in: undecodable."""
        self.keys += 1
        value = self.value(depth)
        self.keys -= 1
        return value

    def take(self, count: int) -> memoryview:
        start, end = self.place, self.place + count
        if end > len(self.meta):
            raise WireError("message too short")
        self.place = end
        return self.meta[start:end]

    def unpack(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def count(self, each: int) -> int:
        """A count of items of at least `each` bytes; never more than the message can hold."""
        (count,) = _COUNT.unpack(self.take(4))
        if count * each > len(self.meta) - self.place:
            raise WireError("count exceeds the message")
        return count

    def text(self) -> str:
        return str(self.take(self.count(1)), "utf-8", "replace")

    def dtype(self, table: tuple[Any, ...]) -> Any:
        (code,) = self.unpack("<B")
        if code >= len(table):
            raise WireError("unknown dtype")
        return table[code]

    def shape(self, dims: int) -> tuple[tuple[int, ...], int]:
        """The sizes and their product."""
        if dims > wire.MAX_DIMS:
            raise WireError("too many dimensions")
        sizes = self.unpack(f"<{dims}q")
        product = bound = 1
        for size in sizes:
            if size < 0:
                raise WireError("negative size")
            product *= size
            bound *= max(size, 1)
            if bound > wire.MAX_ELEMENTS:
                raise WireError("too many elements")
        return sizes, product

    def buffer(self, size: int) -> Any:
        (index,) = self.unpack("<H")
        if index >= len(self.buffers) or self.buffers[index] is None or len(self.buffers[index]) != size:
            raise WireError("buffer and shape do not agree")
        data, self.buffers[index] = self.buffers[index], None
        self.nodes += wire.TENSOR - 1
        return data


def _list(d: Decoder, depth: int) -> list[Any]:
    d.nodes += wire.CONTAINER - 1
    return [d.value(depth) for _ in range(d.count(1))]


def _packed(d: Decoder) -> list[Any]:
    code = bytes(d.take(1))
    if code not in (b"d", b"q"):
        raise WireError("unknown packed list")
    return array.array(code.decode(), bytes(d.take(8 * d.count(8)))).tolist()


def _dict(d: Decoder, depth: int) -> dict[Any, Any]:
    d.nodes += wire.CONTAINER - 1
    result: dict[Any, Any] = {}
    for _ in range(d.count(2)):
        key = d.key(depth)
        result[key] = d.value(depth)
    return result


def _set(d: Decoder, depth: int) -> set[Any]:
    d.nodes += wire.CONTAINER - 1
    result = set()
    for _ in range(d.count(1)):  # one by one: `value` looks at the deadline, the constructor of set would not
        result.add(d.key(depth))
    return result


def _frozenset(d: Decoder, depth: int) -> frozenset[Any]:
    """Two frozensets of equal hash are compared member by member, and no deadline is looked at meanwhile: so those
    that are members or keys themselves are small, and hold no others."""
    members = frozenset(_set(d, depth))
    if d.keys > 1 or (d.keys and len(members) > wire.MAX_KEY_MEMBERS):
        raise WireError("frozenset too large or too deep")
    return members


def _long_bytes(d: Decoder, _depth: int) -> bytes:
    (size,) = d.unpack("<Q")
    d.copied += size
    return bytes(d.buffer(size))


def _big_int(d: Decoder, _depth: int) -> int:
    size = d.count(1)
    if size > wire.MAX_INTEGER:
        raise WireError("integer too large")
    return int.from_bytes(d.take(size), "little", signed=True)


def _tensor(d: Decoder, depth: int) -> torch.Tensor:
    dtype = d.dtype(wire.TORCH_DTYPES)
    flags, dims = d.unpack("<BB")
    shape, elements = d.shape(dims)
    data = d.buffer(elements * dtype.itemsize)
    tensor = _elements(data, dtype).reshape(shape) if elements else torch.empty(shape, dtype=dtype)
    if flags & TensorFlag.STRIDES:
        tensor = _relayout(d, tensor)
    if d.device != "cpu":
        tensor = tensor.to(d.device)
    if flags & TensorFlag.GRAD:
        if not (tensor.is_floating_point() or tensor.is_complex()):
            raise WireError("an integer tensor can't carry gradient")
        d.grads.append(tensor)
    if flags & TensorFlag.PARAMETER:
        tensor = _parameter(tensor, flags, d.value(depth))
    if flags & TensorFlag.NON_LEAF:
        tensor._non_leaf = True  # type: ignore[attr-defined]  # read by the bridge on this side
    return tensor


def _elements(data: Any, dtype: torch.dtype) -> torch.Tensor:
    raw = torch.frombuffer(data, dtype=torch.uint8)
    if dtype == torch.bool:  # a bool of any other byte than 0 and 1 counts as one element here, as two hundred there
        raw.clamp_(max=1)  # in place: only the buffer's own memory is counted
    return raw.view(dtype)


def _relayout(d: Decoder, tensor: torch.Tensor) -> torch.Tensor:
    """The same values in the memory layout the grader's tensor had; dimensions of stride 0 are expanded."""
    strides = d.unpack(f"<{tensor.dim()}q")
    if not d.layout:
        raise WireError("strides are not accepted here")
    base = tensor
    for dim, (size, stride) in enumerate(zip(tensor.shape, strides, strict=True)):
        if stride == 0 and size > 1:
            base = base.narrow(dim, 0, 1)
    if torch._debug_has_internal_overlap(torch.empty_strided(base.shape, strides, dtype=base.dtype)) == 1:
        return tensor  # rows share memory in a way only a copy can hold
    return torch.empty_strided(base.shape, strides, dtype=base.dtype).copy_(base).expand(tensor.shape)


def _parameter(tensor: torch.Tensor, flags: int, grad: Any) -> torch.nn.Parameter:
    wants_grad = bool(flags & TensorFlag.REQUIRES_GRAD)
    if wants_grad and not (tensor.is_floating_point() or tensor.is_complex()):
        raise WireError("an integer parameter can't require gradient")
    parameter = torch.nn.Parameter(tensor, wants_grad)
    if grad is not None:
        if not isinstance(grad, torch.Tensor) or grad.shape != tensor.shape or grad.dtype != tensor.dtype:
            raise WireError("a parameter's gradient must look like the parameter")
        parameter.grad = grad.detach()
    return parameter


def _ndarray(d: Decoder, _depth: int) -> np.ndarray:
    dtype = d.dtype(wire.NUMPY_DTYPES)
    (dims,) = d.unpack("<B")
    shape, elements = d.shape(dims)
    return _array(d.buffer(elements * dtype.itemsize), dtype).reshape(shape)


def _scalar(d: Decoder, _depth: int) -> np.generic:
    dtype = d.dtype(wire.NUMPY_DTYPES)
    return _array(bytearray(d.take(dtype.itemsize)), dtype)[0]


def _array(data: Any, dtype: np.dtype[Any]) -> np.ndarray:
    raw = np.frombuffer(data, np.uint8)
    if dtype == np.bool_:
        np.minimum(raw, 1, out=raw)
    return raw.view(dtype)


def _device(d: Decoder, _depth: int) -> torch.device:
    name = d.text()
    if not wire.is_sendable_device(name):
        raise WireError("unknown device")
    return torch.device(name)


_READERS: dict[bytes, Callable[[Decoder, int], Any]] = {
    b"N": lambda d, _: None,
    b"T": lambda d, _: True,
    b"F": lambda d, _: False,
    b"i": lambda d, _: d.unpack("<q")[0],
    b"I": _big_int,
    b"f": lambda d, _: d.unpack("<d")[0],
    b"c": lambda d, _: complex(*d.unpack("<dd")),
    b"s": lambda d, _: d.text(),
    b"b": lambda d, _: bytes(d.take(d.count(1))),
    b"B": _long_bytes,
    b"l": _list,
    b"t": lambda d, depth: tuple(_list(d, depth)),
    b"L": lambda d, _: _packed(d),
    b"M": lambda d, _: tuple(_packed(d)),
    b"d": _dict,
    b"S": _set,
    b"Y": _frozenset,
    b"X": _tensor,
    b"A": _ndarray,
    b"z": _scalar,
    b"D": lambda d, _: d.dtype(wire.TORCH_DTYPES),
    b"V": _device,
    b"Z": lambda d, _: torch.Size(d.unpack(f"<{d.count(8)}q")),
    b"Q": lambda d, depth: slice(d.value(depth), d.value(depth), d.value(depth)),
    b"E": lambda d, _: Ellipsis,
}
_BY_TAG = tuple(_READERS.get(bytes((tag,))) for tag in range(256))

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
_ITEM_SIZE = tuple(torch.empty((), dtype=dtype).element_size() for dtype in wire.TORCH_DTYPES)


class Decoder:
    """Reads the values of one message. `hook(decoder, tag, depth)` reads the tags a side adds.

    `grads` holds the tensors that came with the GRAD flag, in order; `layout` allows strides (the guest trusts the
    grader, never the other way round). `decoded(nodes, bytes of meta)` is told of every message.
    """

    __slots__ = (
        *("buffers", "deadline", "decoded", "device", "grads", "hook"),
        *("layout", "look", "meta", "nodes", "place"),
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
        self.decoded: Callable[[int, int], None] | None = None
        self.place = self.nodes = self.look = 0
        self.grads: list[torch.Tensor] = []

    def whole(self) -> Any:
        """The one value of the message; anything else, and anything left over, is the sender's fault."""
        try:
            value = self.value()
        except WireError:
            raise
        except Exception as fault:
            raise WireError(f"undecodable: {type(fault).__name__}") from None
        if self.place != len(self.meta) or any(buffer is not None for buffer in self.buffers):
            raise WireError("bytes left over")
        if self.decoded is not None:
            self.decoded(self.nodes, len(self.meta))
        return value

    def value(self, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > wire.MAX_DEPTH or self.nodes > wire.MAX_NODES:
            raise WireError("too deep or too many values")
        if self.nodes >= self.look and self.deadline is not None:
            self.look = self.nodes + 64
            if time.thread_time() > self.deadline:
                raise WireError("decoding took too long")
        tag = bytes(self.take(1))
        reader = _READERS.get(tag)
        if reader is not None:
            return reader(self, depth + 1)
        if self.hook is not None:
            return self.hook(self, tag, depth + 1)
        raise WireError(f"unknown tag {tag!r}")

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
        (count,) = self.unpack("<I")
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
    values = array.array(code.decode())
    values.frombytes(d.take(8 * d.count(8)))
    return values.tolist()


def _dict(d: Decoder, depth: int) -> dict[Any, Any]:
    d.nodes += wire.CONTAINER - 1
    result: dict[Any, Any] = {}
    for _ in range(d.count(2)):
        key = d.value(depth)
        result[key] = d.value(depth)  # an unhashable key raises TypeError: undecodable
    return result


def _set(d: Decoder, depth: int) -> set[Any]:
    d.nodes += wire.CONTAINER - 1
    result = set()
    for _ in range(d.count(1)):  # one by one: `value` looks at the deadline, the constructor of set would not
        result.add(d.value(depth))
    return result


def _big_int(d: Decoder, _depth: int) -> int:
    size = d.count(1)
    if size > wire.MAX_INTEGER:
        raise WireError("integer too large")
    return int.from_bytes(d.take(size), "little", signed=True)


def _tensor(d: Decoder, depth: int) -> torch.Tensor:
    code, flags, dims = d.unpack("<BBB")
    if code >= len(wire.TORCH_DTYPES):
        raise WireError("unknown dtype")
    dtype = wire.TORCH_DTYPES[code]
    shape, elements = d.shape(dims)
    data = d.buffer(elements * _ITEM_SIZE[code])
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
    # a bool of any other byte than 0 and 1 counts as one element here and as two hundred there
    return raw.ne(0) if dtype == torch.bool else raw.view(dtype)


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
    return _array(bytes(d.take(dtype.itemsize)), dtype)[0]


def _array(data: Any, dtype: np.dtype[Any]) -> np.ndarray:
    return np.frombuffer(data, np.uint8) != 0 if dtype == np.bool_ else np.frombuffer(data, dtype)


def _device(d: Decoder, _depth: int) -> torch.device:
    name = d.text()
    if name not in ("cpu", "meta", "cuda") and not (name.startswith("cuda:") and name[5:].isdigit() and len(name) < 8):
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
    b"B": lambda d, _: bytes(d.buffer(d.unpack("<Q")[0])),
    b"l": _list,
    b"t": lambda d, depth: tuple(_list(d, depth)),
    b"L": lambda d, _: _packed(d),
    b"M": lambda d, _: tuple(_packed(d)),
    b"d": _dict,
    b"S": _set,
    b"X": _tensor,
    b"A": _ndarray,
    b"z": _scalar,
    b"D": lambda d, _: d.dtype(wire.TORCH_DTYPES),
    b"V": _device,
    b"Z": lambda d, _: torch.Size(d.unpack(f"<{d.count(8)}q")),
    b"Q": lambda d, depth: slice(d.value(depth), d.value(depth), d.value(depth)),
    b"E": lambda d, _: Ellipsis,
}

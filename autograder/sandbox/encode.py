"""Values to bytes. Both sides use it; see wire.py for the frame.

One byte of tag, then the payload:
    N None  T true  F false  i int64  I big int  f float  c complex  s str  b bytes  B long bytes, in a buffer
    l list  t tuple  d dict  S set  Y frozenset  L/M packed list/tuple of int64 or double
    X tensor  A ndarray  z numpy scalar  D dtype  V device  Z Size  Q slice  E Ellipsis
    and what a side adds: H handle of a guest's object, R reference to one, C callback, G generator, W view.
"""

from __future__ import annotations

import array
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.sandbox import wire
from autograder.sandbox.wire import TensorFlag, TooLarge, Unsendable

Hook = Callable[["Encoder", Any, int], bool]
_LONG = 2048  # bytes that go into a buffer of their own
_UNHASHABLE = b"lLdSQA"  # tags of what has no hash


class Encoder:
    """Collects the meta and the buffers of one message.

    `hook(encoder, value, depth)` returns True if it wrote the value: each side adds its own kinds with it.
    `grads` holds the tensors written with the GRAD flag, in order.
    """

    __slots__ = ("buffers", "grads", "hook", "keys", "meta", "nodes")

    def __init__(self, hook: Hook | None = None) -> None:
        self.meta = bytearray()
        self.buffers: list[memoryview] = []
        self.grads: list[torch.Tensor] = []
        self.hook = hook
        self.nodes = 0
        self.keys = 0  # how many keys and members of sets we are inside of

    def value(self, value: Any, depth: int = 0) -> None:
        """Write one value. Raises Unsendable if it, or anything in it, is not plain data."""
        self.nodes += 1
        if depth > wire.MAX_DEPTH:
            raise TooLarge("nested too deeply to cross the wall")
        if self.nodes > wire.MAX_NODES:
            raise TooLarge("too many values to cross the wall")
        writer = _WRITERS.get(type(value))
        if writer is not None:
            writer(self, value, depth)
        elif self.hook is not None and self.hook(self, value, depth):
            return
        elif isinstance(value, torch.Tensor):
            self.tensor(value)
        elif isinstance(value, np.generic) and value.dtype in wire.NUMPY_CODE:
            self.meta += b"z" + struct.pack("<B", wire.NUMPY_CODE[value.dtype]) + value.tobytes()
        else:
            raise Unsendable(f"a {type(value).__module__}.{type(value).__qualname__} can't cross the wall")

    def key(self, value: Any, depth: int) -> None:
        """Write a key of a dict or a member of a set: what arrives has to have a hash too."""
        start = len(self.meta)
        self.keys += 1
        self.value(value, depth)
        self.keys -= 1
        if self.meta[start] in _UNHASHABLE:
            raise Unsendable(f"a {type(value).__qualname__} can't cross the wall as a key or a member of a set")

    def text(self, tag: bytes, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.meta += tag + struct.pack("<I", len(data)) + data

    def tensor(self, tensor: torch.Tensor, flags: int = 0, layout: bool = False) -> None:
        """Shape, dtype and bytes; with `layout` also the strides, so that the guest sees the same memory layout."""
        with torch._C.DisableTorchFunctionSubclass():
            tensor = tensor.detach()
            if not wire.is_sendable_tensor(tensor):
                raise Unsendable(f"a {tensor.layout} {tensor.dtype} tensor can't cross the wall")
            _measured(tensor.shape)
            strides = tensor.stride() if layout and not tensor.is_contiguous() else None
            if tensor._is_zerotensor():  # a gradient that PyTorch knows to be zero has no memory
                tensor = torch.zeros(tensor.shape, dtype=tensor.dtype)
            tensor = tensor.cpu().resolve_conj().resolve_neg().contiguous()
            flat = tensor.as_strided((tensor.numel(),), (1,))  # reshape would keep the odd stride of a single element
            data = flat.view(torch.uint8).numpy().data if tensor.numel() else memoryview(b"")
        dims = tensor.dim()
        flags |= TensorFlag.STRIDES if strides else 0
        self.meta += b"X" + struct.pack("<BBB", wire.TORCH_CODE[tensor.dtype], flags, dims)
        self.meta += struct.pack(f"<{dims}q", *tensor.shape) + struct.pack("<H", len(self.buffers))
        if strides:
            self.meta += struct.pack(f"<{dims}q", *strides)
        self.buffer(data)

    def buffer(self, data: memoryview) -> None:
        if len(self.buffers) >= wire.MAX_BUFFERS:
            raise TooLarge("too many tensors in one message")
        self.nodes += wire.TENSOR - 1
        self.buffers.append(data)


def _int(e: Encoder, value: int, _depth: int) -> None:
    if -(1 << 63) <= value < 1 << 63:
        e.meta += b"i" + value.to_bytes(8, "little", signed=True)
        return
    data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    if len(data) > wire.MAX_INTEGER:
        raise TooLarge("the integer is too large to cross the wall")
    e.meta += b"I" + struct.pack("<I", len(data)) + data


def _bytes(e: Encoder, value: bytes | bytearray, _depth: int) -> None:
    if len(value) < _LONG:
        e.meta += b"b" + struct.pack("<I", len(value)) + value
        return
    e.meta += b"B" + struct.pack("<QH", len(value), len(e.buffers))
    e.buffer(memoryview(value))


def _sequence(e: Encoder, value: list[Any] | tuple[Any, ...], depth: int) -> None:
    is_list = type(value) is list
    if len(value) > 16 and (packed := _packed(value)) is not None:  # one call instead of one per item
        e.meta += (b"L" if is_list else b"M") + packed
        return
    e.nodes += wire.CONTAINER - 1
    e.meta += (b"l" if is_list else b"t") + struct.pack("<I", len(value))
    for item in value:
        e.value(item, depth + 1)


def _packed(value: list[Any] | tuple[Any, ...]) -> bytes | None:
    kinds = set(map(type, value))
    code = "d" if kinds == {float} else "q" if kinds == {int} else None
    if code is None:
        return None
    try:
        return code.encode() + struct.pack("<I", len(value)) + array.array(code, value).tobytes()
    except OverflowError:
        return None


def _dict(e: Encoder, value: dict[Any, Any], depth: int) -> None:
    e.nodes += wire.CONTAINER - 1
    e.meta += b"d" + struct.pack("<I", len(value))
    for key, item in value.items():
        e.key(key, depth + 1)
        e.value(item, depth + 1)


def _set(e: Encoder, value: set[Any], depth: int) -> None:
    e.nodes += wire.CONTAINER - 1
    e.meta += b"S" + struct.pack("<I", len(value))
    for item in value:
        e.key(item, depth + 1)


def _frozenset(e: Encoder, value: frozenset[Any], depth: int) -> None:
    if e.keys > 1 or (e.keys and len(value) > wire.MAX_KEY_MEMBERS):
        raise Unsendable("a frozenset this large or this deep inside others can't cross the wall")
    e.nodes += wire.CONTAINER - 1
    e.meta += b"Y" + struct.pack("<I", len(value))
    for item in value:
        e.key(item, depth + 1)


def _measured(shape: tuple[int, ...]) -> None:
    if len(shape) > wire.MAX_DIMS or math.prod(size or 1 for size in shape) > wire.MAX_ELEMENTS:
        raise TooLarge("a tensor of so many dimensions or elements can't cross the wall")


def _ndarray(e: Encoder, value: np.ndarray, _depth: int) -> None:
    if value.dtype not in wire.NUMPY_CODE:
        raise Unsendable(f"an ndarray of {value.dtype} can't cross the wall")
    _measured(value.shape)
    flat = np.ascontiguousarray(value).reshape(-1)
    e.meta += b"A" + struct.pack("<BB", wire.NUMPY_CODE[value.dtype], value.ndim)
    e.meta += struct.pack(f"<{value.ndim}q", *value.shape) + struct.pack("<H", len(e.buffers))
    e.buffer(flat.view(np.uint8).data if flat.size else memoryview(b""))


def _dtype(e: Encoder, value: torch.dtype, _depth: int) -> None:
    if value not in wire.TORCH_CODE:
        raise Unsendable(f"{value} can't cross the wall")
    e.meta += b"D" + struct.pack("<B", wire.TORCH_CODE[value])


def _slice(e: Encoder, value: slice, depth: int) -> None:
    e.meta += b"Q"
    for part in (value.start, value.stop, value.step):
        e.value(part, depth + 1)


def _size(e: Encoder, value: torch.Size, _depth: int) -> None:
    e.meta += b"Z" + struct.pack("<I", len(value)) + struct.pack(f"<{len(value)}q", *value)


def _device(e: Encoder, value: torch.device, _depth: int) -> None:
    if not wire.is_sendable_device(str(value)):
        raise Unsendable(f"the device {value} can't cross the wall")
    e.text(b"V", str(value))


def _constant(tag: bytes) -> Callable[[Encoder, Any, int], None]:
    def write(e: Encoder, _value: Any, _depth: int) -> None:
        e.meta += tag

    return write


_WRITERS: dict[type, Callable[[Encoder, Any, int], None]] = {
    type(None): _constant(b"N"),
    bool: lambda e, v, _: e.meta.extend(b"T" if v else b"F"),
    int: _int,
    float: lambda e, v, _: e.meta.extend(b"f" + struct.pack("<d", v)),
    complex: lambda e, v, _: e.meta.extend(b"c" + struct.pack("<dd", v.real, v.imag)),
    str: lambda e, v, _: e.text(b"s", v),
    bytes: _bytes,
    bytearray: _bytes,
    list: _sequence,
    tuple: _sequence,
    dict: _dict,
    set: _set,
    frozenset: _frozenset,
    np.ndarray: _ndarray,
    torch.dtype: _dtype,
    torch.Size: _size,
    torch.device: _device,
    slice: _slice,
    type(Ellipsis): _constant(b"E"),
}

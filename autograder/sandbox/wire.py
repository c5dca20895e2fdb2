"""The wire format: typed plain data, nothing else. No pickle, no eval, no import by name.

Theory of operation
-------------------
A message is a frame: a fixed header, the lengths of its buffers, the *meta* (a tagged tree of values) and the buffers
(raw tensor and array bytes). This module holds what both sides must agree on: the frame header, the tags, the tables of
dtypes and the limits. `encode.py` writes values, `decode.py` reads them, `channel.py` moves frames. The grader reads
only what `decode.py` allows, so whatever a hostile guest writes ends as plain data or as a `WireError`.

    frame  = header | buffer lengths (u64 each) | meta | buffers
    header = magic "AG", kind u8, flags u8, request u32, meta length u32, number of buffers u32, buffer bytes u64
"""

from __future__ import annotations

import struct
from enum import IntEnum

import numpy as np
import torch

HEADER = struct.Struct("<2sBBIIIQ")
MAGIC = b"AG"

MAX_META = 8 << 20  # bytes of the value tree
MAX_BUFFERS = 4096
MAX_BYTES = 512 << 20  # of all buffers together
MAX_DEPTH = 64
MAX_NODES = 1_000_000
CONTAINER, TENSOR = 4, 16  # nodes that a list, dict or set and a tensor or array count for: about 60 bytes each
MAX_DIMS = 16
MAX_ELEMENTS = 1 << 40  # product of all non-zero sizes, so that no product overflows
MAX_KEY_MEMBERS = 64  # of a frozenset that is a key or a member: comparing two takes time with the square of it
MAX_INTEGER = 1700  # bytes of one big integer; Python refuses to write those of more than 4300 digits


class Kind(IntEnum):
    """What a frame is. HELLO is the guest's first word; REQUEST and REPLY go both ways (a callback is a request)."""

    HELLO = 1
    REQUEST = 2
    REPLY = 3
    ERROR = 4


class Flag(IntEnum):
    """Bits of a REQUEST's flags byte."""

    GRAD = 1  # the caller wants gradients to flow through this call


class TensorFlag(IntEnum):
    """Bits after a tensor's dtype."""

    GRAD = 1  # request: a leaf to differentiate; reply: a result that carries gradient
    PARAMETER = 2  # an nn.Parameter; its `.grad` follows
    REQUIRES_GRAD = 4  # of a parameter
    NON_LEAF = 8  # the caller's tensor was itself computed
    STRIDES = 16  # strides follow: rebuild this memory layout (only towards the guest)


class WireError(Exception):
    """The peer broke the protocol. The grader kills a guest that does."""


class TooLong(WireError):
    """An honest frame, of more bytes than this sandbox may send."""


class Closed(Exception):
    """The peer closed the channel."""


class Unsendable(TypeError):
    """The value is not plain data and can't cross the wall."""


class TooLarge(Unsendable):
    """The value is plain data, but more than one message holds; on the grader's side only a student's value can be."""


TORCH_DTYPES = (
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8,
    torch.uint8, torch.bool, torch.complex64, torch.complex128, torch.uint16, torch.uint32, torch.uint64,
)  # fmt: skip
TORCH_CODE = {dtype: code for code, dtype in enumerate(TORCH_DTYPES)}
NUMPY_DTYPES = tuple(
    np.dtype(name)
    for name in ["<f4", "<f8", "<f2", "<i8", "<i4", "<i2", "|i1", "|u1", "<u2", "<u4", "<u8", "|b1", "<c8", "<c16"]
)  # fmt: skip
NUMPY_CODE = {dtype: code for code, dtype in enumerate(NUMPY_DTYPES)}


def is_sendable_tensor(tensor: torch.Tensor) -> bool:
    """Dense tensors of a known dtype cross; sparse, nested, quantised and meta tensors do not."""
    dense = tensor.layout == torch.strided and not tensor.is_nested
    return dense and tensor.dtype in TORCH_CODE and tensor.device.type in ("cpu", "cuda")


def is_sendable_device(name: str) -> bool:
    """Whether a device of that name can be made wherever PyTorch runs."""
    kind, colon, number = name.partition(":")
    numbered = number.isascii() and number.isdigit() and len(number) < 3
    return kind in ("cpu", "meta", "cuda") and (numbered or not colon)

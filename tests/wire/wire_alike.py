"""Are two values the same, type by type and bit by bit? `==` says no: 1 == True, 0.0 == -0.0, nan != nan."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import torch


def alike(a: Any, b: Any) -> bool:
    """The same types, sizes, order of keys, and bits; tensors also the same dtype, shape and kind of parameter."""
    if type(a) is not type(b):
        return False
    if isinstance(a, torch.Tensor):
        return _alike_tensors(a, b)
    compare = _BY_TYPE.get(type(a))
    if compare is not None:
        return bool(compare(a, b))
    if isinstance(a, np.generic):
        return a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return bool(a == b)


def bits(tensor: torch.Tensor) -> bytes:
    """Its elements in order, as they lie in memory."""
    tensor = tensor.detach()
    if tensor._is_zerotensor():
        tensor = torch.zeros(tensor.shape, dtype=tensor.dtype)
    flat = tensor.resolve_conj().resolve_neg().contiguous().as_strided((tensor.numel(),), (1,))
    return flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""


def _alike_tensors(a: torch.Tensor, b: torch.Tensor) -> bool:
    if (a.dtype, a.shape, a.device) != (b.dtype, b.shape, b.device) or bits(a) != bits(b):
        return False
    if type(a) is torch.nn.Parameter:
        return a.requires_grad == b.requires_grad and alike(a.grad, b.grad)
    return True


def _alike_arrays(a: np.ndarray, b: np.ndarray) -> bool:
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def _alike_sequences(a: Any, b: Any) -> bool:
    return len(a) == len(b) and all(map(alike, a, b))


def _alike_sets(a: Any, b: Any) -> bool:
    """Members in any order. Nan is equal to nothing, so each member looks for a partner among those left."""
    left = list(b)
    for member in a:
        place = next((i for i, other in enumerate(left) if alike(member, other)), None)
        if place is None:
            return False
        del left[place]
    return not left


def _alike_dicts(a: dict[Any, Any], b: dict[Any, Any]) -> bool:
    return _alike_sequences(list(a.keys()), list(b.keys())) and _alike_sequences(list(a.values()), list(b.values()))


_BY_TYPE: dict[type, Any] = {
    float: lambda a, b: struct.pack("<d", a) == struct.pack("<d", b),
    complex: lambda a, b: struct.pack("<dd", a.real, a.imag) == struct.pack("<dd", b.real, b.imag),
    list: _alike_sequences,
    tuple: _alike_sequences,
    set: _alike_sets,
    frozenset: _alike_sets,
    dict: _alike_dicts,
    slice: lambda a, b: all(map(alike, (a.start, a.stop, a.step), (b.start, b.stop, b.step))),
    np.ndarray: _alike_arrays,
}

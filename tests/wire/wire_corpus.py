"""The kept inputs of the fuzzer: each reaches code that no other does. One file of lengths (u16) and bytes, zipped."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

PACKED = Path(__file__).parent / "corpus" / "frames.bin"


def load() -> list[bytes]:
    """Every input, shortest first."""
    if not PACKED.exists():
        return []
    data, inputs = zlib.decompress(PACKED.read_bytes()), []
    while data:
        size = int.from_bytes(data[:2], "little")
        inputs.append(data[2 : 2 + size])
        data = data[2 + size :]
    return inputs


def save(inputs: Iterable[bytes]) -> int:
    """Pack them; returns the size of the file in bytes."""
    ordered = sorted(inputs, key=lambda data: (len(data), data))
    PACKED.parent.mkdir(exist_ok=True)
    PACKED.write_bytes(zlib.compress(b"".join(len(data).to_bytes(2, "little") + data for data in ordered), 9))
    return PACKED.stat().st_size

"""Uploads made for tests: honest archives, and nasty ones built byte by byte."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

from autograder.submissions.topics import TopicFolder

SOFTMAX = TopicFolder("softmax-regression", 13)
TENSORS = TopicFolder("tensor-basics", 2)
TOPICS = [TENSORS, SOFTMAX]
CODE = b"def softmax(x):\n    return x\n"


def zip_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zip_with_mode(name: str, data: bytes, mode: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, mode << 16
        archive.writestr(info, data)
    return buffer.getvalue()


def zip_with_link(name: str, target: str) -> bytes:
    return zip_with_mode(name, target.encode(), stat.S_IFLNK | 0o777)


class RawEntry:
    """One entry of a zip as it is written, every field free to lie."""

    def __init__(self, name: bytes, data: bytes, *, flags: int = 0, method: int = 0, size: int | None = None) -> None:
        self.name, self.plain, self.flags, self.method = name, data, flags, method
        self.data = data
        if method == zipfile.ZIP_DEFLATED:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            self.data = squeeze.compress(data) + squeeze.flush()
        self.size = len(data) if size is None else size

    def fields(self) -> bytes:
        sizes = (zlib.crc32(self.plain), len(self.data), self.size, len(self.name), 0)
        return struct.pack("<HHHHHIIIHH", 20, self.flags, self.method, 0, 0x21, *sizes)


def raw_zip(entries: list[RawEntry], *, offsets: list[int] | None = None) -> bytes:
    """A zip of these entries; `offsets` overrides where the central directory says that each begins."""
    body, places = b"", []
    for entry in entries:
        places.append(len(body))
        body += b"PK\x03\x04" + entry.fields() + entry.name + entry.data
    directory = b""
    for entry, place in zip(entries, offsets or places, strict=True):
        tail = struct.pack("<HHHII", 0, 0, 0, 0, place)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + entry.fields() + tail + entry.name
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + end


def tar_of(files: dict[str, bytes], mode: str = "w:gz", tar_format: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=tar_format) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def tar_with(kind: bytes, name: str = "softmax_regression.py", target: str = "/etc/passwd") -> bytes:
    """A tar whose only member is a link, a device or a pipe."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        archive.addfile(info)
    return buffer.getvalue()


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Files below a folder, by their paths; a path that ends with / is an empty folder."""
    for name, data in files.items():
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root

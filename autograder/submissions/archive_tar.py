"""Tar archives, plain or gzipped, read once from front to back with a bound on everything.

Headers are parsed one block at a time, because the standard library's reader follows extended headers of any size.
"""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from autograder.errors import UploadError
from autograder.submissions.flaws import Flaw
from autograder.submissions.paths import UnsafePath, clean_path, ignored, is_archive, shown
from autograder.submissions.tree import MIB, Caps, Entry, Tree, make_tree

BLOCK = 512
LONGEST_HEADER = 64 * 1024  # bytes of an extended header
MOST_RECORDS = 256  # in an extended header; honest ones hold a dozen
MOST_EXTENDED = 8  # extended headers before one member; they cost time, and packed next to nothing to send
PIECE = 64 * 1024
FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
LINKS = (tarfile.LNKTYPE, tarfile.SYMTYPE)
EMPTY = (*LINKS, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)  # nothing follows the header


class Stream:
    """The unpacked bytes, counted: no more than the caps allow are ever made."""

    def __init__(self, file: BinaryIO, packed: bool, caps: Caps) -> None:
        size = file.seek(0, 2)
        file.seek(0)
        self._file = gzip.GzipFile(fileobj=file) if packed else file
        self._most = min(caps.unpacked_bytes, caps.ratio * size + 16 * MIB) if packed else caps.unpacked_bytes
        self._count = 0

    def take(self, size: int) -> bytes:
        """Exactly `size` bytes, which must be few. Raises ValueError at the end."""
        data = self._file.read(size)
        self._count += len(data)
        if self._count > self._most:
            raise UploadError(f"unpacks to more than {self._most // MIB} MiB")
        if len(data) != size:
            raise ValueError("ends too early")
        return data

    def finish(self) -> None:
        """Read on to the end, where gzip keeps its checksum. Raises ValueError if more than padding is left."""
        while rest := self._file.read(PIECE):
            self._count += len(rest)
            if rest.strip(b"\0") or self._count > self._most:
                raise ValueError("more than padding after its end")

    def pieces(self, size: int) -> Iterator[bytes]:
        """`size` bytes and the padding after them, a piece at a time, the padding cut off."""
        left = size
        while left > 0:
            piece = self.take(min(PIECE, left + -left % BLOCK))
            yield piece[:left]
            left -= len(piece)


def tar_tree(file: BinaryIO, label: str, source: str, packed: bool, caps: Caps) -> Tree:
    """The entries of a tar, their contents in memory. Raises UploadError, or ValueError if it ends too early."""
    stream = Stream(file, packed, caps)
    entries: list[Entry] = []
    folders: list[str] = []
    flaws: list[Flaw] = []
    kept = 0
    for count, member in enumerate(_members(stream)):
        if count >= caps.archive_files:
            raise UploadError(f"more than {caps.archive_files} files in the archive", where=source)
        try:
            path = clean_path(member.name)
            code = _fault(member, caps)
        except UnsafePath as unsafe:
            path, code = unsafe.prefix, unsafe.code
        wanted = not code and member.type in FILES and not ignored(path)
        data = b"".join(piece for piece in stream.pieces(member.size) if wanted)
        kept += len(data)
        if kept > caps.unpacked_bytes // 4:
            raise UploadError(f"holds more than {caps.unpacked_bytes // 4 // MIB} MiB", where=source)
        if code:
            flaws.append(Flaw(path, code, shown(member.name)))
        elif member.type == tarfile.DIRTYPE:
            folders.append(path)
        elif wanted:
            entries.append(Entry(path, partial(_first, data)))
    stream.finish()
    return make_tree(label, source, entries, folders, flaws)


def _first(data: bytes, most: int) -> bytes:
    return data[:most]


def _members(stream: Stream) -> Iterator[tarfile.TarInfo]:
    """The members with their long names. Whoever iterates reads each member's `size` bytes before the next."""
    extended: dict[str, str] = {}
    row = 0
    while (block := stream.take(BLOCK)).strip(b"\0"):
        row += 1
        if row > MOST_EXTENDED:
            raise ValueError("too many extended headers")
        member = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        if member.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            extended |= _pax(_payload(stream, member))
        elif member.type == tarfile.GNUTYPE_LONGNAME:
            extended["path"] = _payload(stream, member).split(b"\0")[0].decode("utf-8", "surrogateescape")
        elif member.type in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            _payload(stream, member)
        else:
            member.name = extended.get("path", member.name)
            member.size = 0 if member.type in EMPTY else int(extended.get("size", member.size))
            sparse = any(name.startswith("GNU.sparse") for name in extended)
            member.type = tarfile.GNUTYPE_SPARSE if sparse else member.type
            extended, row = {}, 0
            if member.size < 0:
                raise ValueError("a negative size")
            yield member


def _payload(stream: Stream, member: tarfile.TarInfo) -> bytes:
    if member.size > LONGEST_HEADER:
        raise ValueError("an extended header that is too long")
    return b"".join(stream.pieces(member.size))


def _pax(data: bytes) -> dict[str, str]:
    """Records of the form `length key=value\\n`, where length counts the whole record."""
    records: dict[str, str] = {}
    start = count = 0
    while start < len(data):
        space = data.index(b" ", start, start + 12)
        length, count = int(data[start:space]), count + 1
        record = data[space + 1 : start + length - 1]
        if length <= 0 or not record or count > MOST_RECORDS:
            raise ValueError("a broken extended header")
        key, _, value = record.partition(b"=")
        records[key.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        start += length
    return records


def _fault(member: tarfile.TarInfo, caps: Caps) -> str:
    if member.type in LINKS:
        return "link"
    if member.type not in (*FILES, tarfile.DIRTYPE):
        return "special"
    most = caps.for_one().archive_bytes if is_archive(member.name) else caps.file_bytes
    return "too-large" if member.size > most else ""

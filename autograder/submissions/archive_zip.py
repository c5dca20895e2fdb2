"""Zip archives by name first: what may be read, and what is refused before a byte of it is unpacked.

The sizes a zip declares may lie, but only upward: the standard library never unpacks more than declared, so sums and
ratios of declared sizes are bounds of the real ones, and a file that holds less than declared is damaged.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from autograder.errors import UploadError
from autograder.submissions.flaws import Flaw
from autograder.submissions.paths import UnsafePath, clean_path, shown
from autograder.submissions.tree import MIB, Caps, Entry, Tree, make_tree

CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
LOCAL_HEADER, END_RECORD = 30, 22  # bytes before the name, before the comment
UTF8_NAME, ENCRYPTED = 0x800, 0x1 | 0x40
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others can be made to need gigabytes before the first byte


def zip_tree(file: BinaryIO, label: str, source: str, caps: Caps) -> Tree:
    """The entries of an open zip; they read from `file` as long as it is open. Raises UploadError."""
    if _count(file, CENTRAL_SIGNATURE) > caps.archive_files:
        raise UploadError(f"more than {caps.archive_files} files in the archive", where=source)
    archive = zipfile.ZipFile(file)
    infos = archive.infolist()
    _refuse_overlaps(infos, archive.start_dir, source)
    _refuse_strangers(file, archive, source)
    entries: list[Entry] = []
    folders: list[str] = []
    flaws: list[Flaw] = []
    total = 0
    for info in infos:
        try:
            path = clean_path(_name(info))
            code = _fault(info, caps)
        except UnsafePath as unsafe:
            path, code = unsafe.prefix, unsafe.code
        if code:
            flaws.append(Flaw(path, code, shown(info.orig_filename)))
        elif info.is_dir():
            folders.append(path)
        else:
            total += min(info.file_size, caps.file_bytes)
            entries.append(Entry(path, partial(_read, archive, info)))
    if total > caps.unpacked_bytes:
        raise UploadError(f"unpacks to more than {caps.unpacked_bytes // MIB} MiB", where=source)
    return make_tree(label, source, entries, folders, flaws)


def _count(file: BinaryIO, signature: bytes) -> int:
    """How often the signature occurs: an upper bound of the number of entries, had before they are parsed."""
    file.seek(0)
    found, tail = 0, b""
    while chunk := file.read(MIB):
        found += (tail + chunk).count(signature)
        tail = (tail + chunk)[1 - len(signature) :]
    file.seek(0)
    return found


def _refuse_overlaps(infos: Sequence[zipfile.ZipInfo], end: int, source: str) -> None:
    """Entries that share bytes let a small archive unpack to almost anything."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    following = [*(info.header_offset for info in ordered), end][1:]
    for info, limit in zip(ordered, following, strict=True):
        if info.header_offset < 0 or info.header_offset + LOCAL_HEADER + info.compress_size > limit:
            raise UploadError(f"entries overlap at {shown(info.orig_filename)}", where=source, now="make the zip again")


def _refuse_strangers(file: BinaryIO, archive: zipfile.ZipFile, source: str) -> None:
    """Bytes before the first entry or after the end: other programs may take them for another archive, so that staff
    would look at other files than those that are graded."""
    first = min((info.header_offset for info in archive.infolist()), default=0)
    size = file.seek(0, 2)
    file.seek(max(0, size - END_RECORD - len(archive.comment)))
    if first != 0 or file.read(len(END_SIGNATURE)) != END_SIGNATURE or END_SIGNATURE in archive.comment:
        raise UploadError("bytes stand before or after what the zip lists", where=source, now="make the zip again")


def _name(info: zipfile.ZipInfo) -> str:
    """The name as UTF-8; some programs write it so without saying so. Other encodings become surrogates."""
    if info.flag_bits & UTF8_NAME or info.orig_filename.isascii():
        return info.orig_filename
    return info.orig_filename.encode("cp437").decode("utf-8", "surrogateescape")


def _fault(info: zipfile.ZipInfo, caps: Caps) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "link"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "special"
    if info.flag_bits & ENCRYPTED:
        return "encrypted"
    if info.compress_type not in METHODS:
        return "method"
    return "bomb" if info.file_size > caps.ratio * info.compress_size + MIB else ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(most)
    if len(data) != min(most, info.file_size):
        raise ValueError("holds less than it declares")
    return data

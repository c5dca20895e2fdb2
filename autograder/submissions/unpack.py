"""Archives from strangers: read to memory, never written out by name, never trusted in what they say of themselves.

Refused as a whole (UploadError): what is no zip or tar, is damaged, overlaps, or unpacks to too much. Refused by entry
(a Flaw): `..`, absolute paths, drives, backslashes, control characters, links, devices, encrypted entries, duplicate
names. An archive inside an archive stays a file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from autograder.errors import UploadError
from autograder.model.submission import SubmittedFile
from autograder.submissions.archive_zip import zip_tree
from autograder.submissions.flaws import Flaw
from autograder.submissions.paths import archive_stem, shown
from autograder.submissions.tree import MIB, Caps, Tree, read_files

ZIP_MAGIC, GZIP_MAGIC, TAR_MAGIC, TAR_MAGIC_AT = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b", b"ustar", 257
OTHERS = {b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7z archive", b"\xfd7zXZ": "an xz archive", b"BZh": "bzip2"}
OTHERS |= {b"%PDF": "a PDF", b"<!DOC": "a web page", b"<html": "a web page", b"{": "text, not an archive"}


@contextmanager
def open_archive(archive: bytes | Path, source: str, caps: Caps) -> Iterator[Tree]:
    """The archive as a tree whose entries can be read inside the `with`. Raises UploadError and nothing else."""
    with ExitStack() as stack:
        try:
            file: BinaryIO = (
                io.BytesIO(archive) if isinstance(archive, bytes) else stack.enter_context(archive.open("rb"))
            )
            tree = _tree(file, source, caps)
        except UploadError as refused:
            raise refused if refused.where else UploadError(refused.what, where=source, now=refused.now) from None
        except Exception as fault:  # a hostile archive makes the standard library raise almost anything
            reason = (
                fault.strerror if isinstance(fault, OSError) and fault.strerror else f"damaged ({shown(str(fault))})"
            )
            raise UploadError(f"can't be read: {reason}", where=source, now="make the archive again") from None
        yield tree


def _tree(file: BinaryIO, source: str, caps: Caps) -> Tree:
    if file.seek(0, io.SEEK_END) > caps.archive_bytes:
        raise UploadError(f"larger than {caps.archive_bytes // MIB} MiB", now="hand in only code and small data")
    file.seek(0)
    start = file.read(512)
    label = archive_stem(source.replace("\\", "/").rpartition("/")[2])
    if start.startswith(ZIP_MAGIC):
        return zip_tree(file, label, source, caps)
    packed = start.startswith(GZIP_MAGIC)
    if packed or start[TAR_MAGIC_AT:].startswith(TAR_MAGIC):
        from autograder.submissions.archive_tar import tar_tree

        return tar_tree(file, label, source, packed, caps)
    what = next((what for magic, what in OTHERS.items() if start.startswith(magic)), "neither a zip nor a tar.gz")
    raise UploadError(f"can't be read: it is {what if start else 'empty'}", now="use a zip or a tar.gz")


def read_archive(archive: bytes | Path, source: str, caps: Caps) -> tuple[list[SubmittedFile], list[Flaw]]:
    """Everything a small archive holds, in path order, and what was refused. Raises UploadError and nothing else."""
    with open_archive(archive, source, caps) as tree:
        files, flaws = read_files(tree.entries, caps)
        return files, [*tree.flaws, *flaws]

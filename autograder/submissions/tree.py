"""What an upload holds, by name, before anything is read: the same shape for a folder, a zip and a tar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from autograder.model.submission import SubmittedFile
from autograder.submissions.flaws import Flaw
from autograder.submissions.paths import fold, ignored

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Caps:
    """How much is read. The first three are for one submission, the others for a whole archive."""

    file_bytes: int = 10 * MIB
    total_bytes: int = 50 * MIB
    files: int = 2000
    archive_bytes: int = 1024 * MIB  # as it lies on the disk
    archive_files: int = 200_000
    unpacked_bytes: int = 2048 * MIB  # of a whole class; of a tar that is held in memory, a quarter of it
    ratio: int = 200  # unpacked to packed, beyond the first MiB

    def for_one(self) -> Caps:
        """The caps for an archive that holds the work of one student."""
        return replace(
            self,
            archive_bytes=self.total_bytes,
            archive_files=10 * self.files,
            unpacked_bytes=4 * self.total_bytes,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. `read(n)` gives at most n bytes; it raises OSError or ValueError if the entry is damaged."""

    path: str
    read: Callable[[int], bytes]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.split("/"))


@dataclass(frozen=True, slots=True)
class Tree:
    """Entries with clean paths; `folders` lists every folder, empty ones too; `flaws` what was refused by name."""

    label: str  # the name of the folder or archive without its suffix
    source: str  # where it lies, for staff
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def make_tree(label: str, source: str, entries: Iterable[Entry], folders: Iterable[str], flaws: list[Flaw]) -> Tree:
    """A tree in path order, without ignored files; two files of one path become one and a flaw."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        if ignored(entry.path):
            continue
        if entry.path in kept:
            flaws.append(Flaw(entry.path, "duplicate"))
        kept.setdefault(entry.path, entry)
    for path in sorted(_parents(kept) & kept.keys()):  # a file and a folder of one name
        flaws.append(Flaw(path, "duplicate"))
        del kept[path]
    flaws = [flaw for flaw in flaws if not ignored(flaw.path)]
    # a folder of which nothing could be kept is still somebody's
    refused = {flaw.path for flaw in flaws}
    whole = _parents(kept) | _parents(refused) | (refused - kept.keys()) | set(folders)
    shown = sorted(path for path in whole if path and not ignored(path))
    return Tree(label, source, tuple(kept[path] for path in sorted(kept)), tuple(shown), tuple(flaws))


def _parents(paths: Iterable[str]) -> set[str]:
    return {"/".join(parts[:n]) for parts in (path.split("/") for path in paths) for n in range(1, len(parts))}


def read_files(entries: Iterable[Entry], caps: Caps) -> tuple[list[SubmittedFile], list[Flaw]]:
    """The contents of one submission within the caps: what could be read, and what could not."""
    files: list[SubmittedFile] = []
    flaws: list[Flaw] = []
    left, seen = caps.total_bytes, set[str]()
    for entry in entries:
        if len(seen) >= caps.files:
            flaws.append(Flaw(entry.path, "too-many", f"more than {caps.files} files"))
            break
        if fold(entry.path) in seen:
            flaws.append(Flaw(entry.path, "duplicate"))
            continue
        seen.add(fold(entry.path))
        data = _read(entry, min(caps.file_bytes, left) + 1, flaws)
        if data is None:
            continue
        if len(data) > caps.file_bytes:
            flaws.append(Flaw(entry.path, "too-large", f"{entry.path} (over {caps.file_bytes // MIB} MiB)"))
        elif len(data) > left:
            flaws.append(Flaw(entry.path, "too-much", f"over {caps.total_bytes // MIB} MiB"))
            break
        else:
            left -= len(data)
            files.append(SubmittedFile(entry.path, data))
    return files, flaws


def _read(entry: Entry, most: int, flaws: list[Flaw]) -> bytes | None:
    try:
        return entry.read(most)
    except OSError as fault:
        flaws.append(Flaw(entry.path, "unreadable", f"{entry.path} ({fault.strerror or fault})"))
    except Exception as fault:  # a hostile archive makes the standard library raise almost anything
        flaws.append(Flaw(entry.path, "damaged", f"{entry.path} ({type(fault).__name__})"))
    return None

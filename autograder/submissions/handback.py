"""Which hand-ins of a collection get a signed receipt, and putting it where the student finds it: beside the hand-in.

The drop folder belongs to students as well, so nothing here follows a link, and what is written replaces only a file of
the receipt's own name.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.errors import UploadError
from autograder.model.submission import Submission
from autograder.submissions.collection import Collection
from autograder.submissions.countersign import SUFFIX, to_text
from autograder.submissions.folder import DIRECTORY, FLAGS, NOFOLLOW, read_below
from autograder.submissions.packed import RECORD, read_packed
from autograder.submissions.receipt import make_receipt
from autograder.submissions.tree import Caps
from autograder.submissions.unpack import read_archive


@dataclass(frozen=True, slots=True)
class HandIn:
    """An accepted hand-in in a drop folder. `said` is what a receipt says of it."""

    place: Path  # the drop folder
    path: tuple[str, ...]  # below it
    said: dict[str, Any]


def hand_ins(found: Collection, sources: Sequence[Path], tool: str) -> list[HandIn]:
    """Those that were handed in with `submit` and are whole, earlier attempts included."""
    accepted = {(one.student, one.topic, one.digest): one.source for one in found.submissions if not one.fatal}
    accepted |= {(one.student, one.topic, one.digest): one.source for one in found.earlier}
    places = [source for source in sources if source.is_dir()]
    made = []
    for (student, topic, digest), source in accepted.items():
        place = next((place for place in places if source.startswith(f"{str(place).rstrip('/')}/")), None)
        if place is not None and source.endswith(".zip"):
            path = tuple(source.removeprefix(str(place).rstrip("/")).strip("/").split("/"))
            hand_in = _look(place, path, Submission(student, topic, ()), tool)
            if hand_in is not None and hand_in.said["content"] == digest:  # else it was exchanged since, or renamed
                made.append(hand_in)
    return made


def put_beside(hand_in: HandIn, receipt: Mapping[str, Any]) -> None:
    """Write the signed receipt. Raises OSError if that can't be done."""
    name = hand_in.path[-1].removesuffix(".zip") + SUFFIX
    with _inside(hand_in.place, hand_in.path[:-1]) as folder:
        beside = f".{os.urandom(8).hex()}.part"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=folder)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(to_text(receipt))
            os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside, dir_fd=folder)
            raise


def _look(place: Path, path: tuple[str, ...], whose: Submission, tool: str) -> HandIn | None:
    """The hand-in at this path, None if there is none that is whole."""
    caps = Caps().for_one()
    with contextlib.suppress(OSError, UploadError), _inside(place, ()) as folder:
        data = read_below(folder, path, caps.archive_bytes)
        files, flaws = read_archive(data, path[-1], caps)
        if flaws or not any(file.path == RECORD for file in files):
            return None
        packed = read_packed(files, path[-1])
        if packed.damage:
            return None
        submission = replace(packed.submission, student=whose.student, topic=whose.topic)
        said = make_receipt(submission, data, None, tool) | {"archive": path[-1]}
        return HandIn(place, path, said)
    return None


@contextlib.contextmanager
def _inside(place: Path, path: Sequence[str]) -> Iterator[int]:
    """A descriptor of a folder below `place`, without following any link below it."""
    opened = [os.open(place, FLAGS | DIRECTORY)]
    try:
        for part in path:
            opened.append(os.open(part, FLAGS | DIRECTORY | NOFOLLOW, dir_fd=opened[-1]))
        yield opened[-1]
    finally:
        for descriptor in opened:
            os.close(descriptor)

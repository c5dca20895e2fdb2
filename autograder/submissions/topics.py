"""Which topics a course has, by the names of its folders alone: fast, and without reading any of its files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from autograder.errors import UsageError

FOLDER = re.compile(r"(\d\d)_([a-z][a-z0-9]*(?:_[a-z0-9]+)*)")
COPY_SUFFIX = re.compile(r"([\s_-]*\(\d+\)|[\s_-]+(copy|副本|final|\d+|v\d+))$")


class TopicName(Protocol):
    """What collecting needs to know of a topic; `model.course.Topic` and `TopicFolder` both do."""

    @property
    def slug(self) -> str: ...

    @property
    def module(self) -> str: ...

    @property
    def entry(self) -> str: ...


AnyTopic = TypeVar("AnyTopic", bound=TopicName)


@dataclass(frozen=True, slots=True)
class TopicFolder:
    """One folder of exercises/, by its name."""

    slug: str  # "softmax-regression"
    number: int = 0  # 13
    path: Path = Path()  # .../exercises/13_softmax_regression

    @property
    def module(self) -> str:
        return self.slug.replace("-", "_")

    @property
    def entry(self) -> str:
        return f"{self.module}.py"


def is_course(folder: Path) -> bool:
    """A checkout of the course or a student edition."""
    return (folder / "exercises").is_dir() and (folder / "grading.yml").is_file()


def find_course(start: Path) -> Path | None:
    """The course that holds `start`, looking upward."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if is_course(folder)), None)


def topic_folders(course: Path) -> list[TopicFolder]:
    """The topics of a course in order. Raises UsageError if there are none."""
    exercises = course / "exercises"
    found = []
    for path in sorted(exercises.iterdir()) if exercises.is_dir() else []:
        match = FOLDER.fullmatch(path.name)
        if match and path.is_dir():
            found.append(TopicFolder(match[2].replace("_", "-"), int(match[1]), path))
    if not found:
        raise UsageError(
            "no topics: no folder named like 13_softmax_regression",
            where=str(exercises),
            now="point --course to a course with exercises/ and grading.yml",
        )
    return found


def plain(name: str) -> str:
    """A name of a file or folder without case, width, and the choice between space, `-` and `_`."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", name).casefold().strip())


def plain_stems(stem: str) -> set[str]:
    """`plain` of a file's stem, and of what is left without suffixes like ` (1)`, `-1`, `_final`, ` - copy`."""
    left = unicodedata.normalize("NFKC", stem).casefold().strip()
    stems = {plain(left)}
    while (shorter := COPY_SUFFIX.sub("", left)) != left:
        left = shorter
        stems.add(plain(left))
    return stems


def match(name: str, topics: Iterable[AnyTopic]) -> AnyTopic | None:
    """The topic called `softmax-regression`, `Softmax_Regression` or `13_softmax_regression`."""
    wanted = plain(name)
    bare = re.sub(r"^\d\d_", "", wanted)
    return next((topic for topic in topics if topic.module in (wanted, bare)), None)


def suggestion(name: str, topics: Sequence[TopicName]) -> str:
    """The slug most like `name`, or the only one that begins with it; else an empty string."""
    import difflib

    slugs = {topic.module: topic.slug for topic in topics}
    bare = re.sub(r"^\d\d_", "", plain(name))
    begun = [slug for module, slug in slugs.items() if len(bare) > 2 and module.startswith(bare)]
    if len(begun) == 1:
        return begun[0]
    close = difflib.get_close_matches(bare, list(slugs), n=1, cutoff=0.6)
    return slugs[close[0]] if close else ""


def choose(name: str, folders: Sequence[TopicFolder]) -> TopicFolder:
    """The topic a person means by its slug, module, folder or number. Raises UsageError with a suggestion."""
    if name.isdecimal():
        found = next((folder for folder in folders if folder.number == int(name)), None)
    else:
        found = match(name.rstrip("/\\").removesuffix(".py"), folders)
    if found:
        return found
    near = suggestion(name, folders)
    known = ", ".join(folder.slug for folder in folders)
    raise UsageError(
        f"there is no topic {ascii(name) if not name.isprintable() else repr(name)}",
        now=f"did you mean {near}?" if near else f"choose one of: {known}",
    )

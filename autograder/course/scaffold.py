"""A new topic: both halves with small working content, so that it can be proven before a word of it is changed."""

from __future__ import annotations

import json
import keyword
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

from autograder.course import yaml_marks
from autograder.course.files import replace_file
from autograder.course.layout import EXERCISES, GRADING, SLUG, SOLUTIONS, number_of, topic_folders
from autograder.course.markers import cut
from autograder.errors import ConfigError, Fault, UsageError

TEMPLATE = Path(__file__).parent / "template"
TAKEN = frozenset({"torch", "numpy", "pytest", "autograder", "student", "conftest"}) | sys.stdlib_module_names


@dataclass(frozen=True, slots=True)
class NewTopic:
    """What an author says of a topic that doesn't exist yet."""

    slug: str  # "weight-decay"
    title_en: str
    title_zh: str
    number: int | None = None  # the next free one

    @property
    def module(self) -> str:
        return self.slug.replace("-", "_")


def new_topic(root: Path, topic: NewTopic) -> list[Path]:
    """Make exercises/NN_module and solutions/NN_module and add the topic to grading.yml; returns the files written.

    UsageError or ConfigError if it can't be done; then nothing is changed.
    """
    _valid_name(topic)
    folder = f"{_number(root, topic):02}_{topic.module}"
    halves = {"exercise": root / EXERCISES / folder, "solution": root / SOLUTIONS / folder}
    for half in halves.values():
        if half.exists():
            raise UsageError("the folder is already there", where=str(half), now="choose another name or number")
    grading = root / GRADING
    faults: list[Fault] = []
    marked = yaml_marks.read(grading, GRADING, faults)
    if marked is None or faults:
        raise ConfigError(faults)
    listed = with_topic(grading.read_bytes().decode("utf-8-sig"), marked, topic.slug)
    files = {halves[kind] / name: text for kind in halves for name, text in _files(kind, topic).items()}
    files[halves["exercise"] / f"{topic.module}.py"] = cut(files[halves["solution"] / f"{topic.module}.py"])
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        replace_file(grading, listed)
    except OSError as error:
        for half in halves.values():
            shutil.rmtree(half, ignore_errors=True)
        raise UsageError(f"can't be written: {error.strerror}", where=str(root), now="nothing was changed") from None
    return [*sorted(files), grading]


def with_topic(text: str, marked: yaml_marks.Marked, slug: str) -> str:
    """The text of grading.yml with one more line at the end of its list of topics; every comment stays."""
    topics = marked.data.get("topics") if isinstance(marked.data, dict) else None
    if isinstance(topics, list) and any(isinstance(entry, dict) and entry.get("topic") == slug for entry in topics):
        raise UsageError(f'the topic "{slug}" is already listed', where=marked.where(("topics",)), now="choose another")
    lines = text.split("\n")
    line, indent = _last_item(lines, marked)
    end = "\r" if "\r\n" in text else ""
    longer = [*lines[:line], f"{indent}- {{topic: {slug}}}{end}", *lines[line:]]
    edited = "\n".join(longer)
    again = yaml_marks.parse(edited, GRADING, [])
    if not line or again is None or again.data.get("topics") != [*(topics or []), {"topic": slug}]:
        now = f"write the topics one below the other and add the line `- {{topic: {slug}}}` yourself"
        raise UsageError("the list of topics can't be extended as it is written", where=GRADING, now=now)
    return edited


def _last_item(lines: list[str], marked: yaml_marks.Marked) -> tuple[int, str]:
    """The last line (from 1) of the list of topics and the indentation of its items; line 0: no such list."""
    inside = [position for place, position in marked.values.items() if place[:1] == ("topics",) and len(place) > 1]
    if not inside:
        return 0, ""
    first = min(inside)[0]
    dash = re.match(r"^(\s*)- ", lines[first - 1])
    if not dash:
        return 0, ""
    last = max(inside)[0]
    while last < len(lines) and re.match(
        rf"^{dash[1]}\s+[^\s#-]", lines[last]
    ):  # an item that goes on in the next line
        last += 1
    return last, dash[1]


def _valid_name(topic: NewTopic) -> None:
    if not re.match(SLUG, topic.slug):
        now = "small letters and digits joined by hyphens, a letter first: weight-decay"
        raise UsageError(f'"{topic.slug}" is not a topic\'s name', now=now)
    if keyword.iskeyword(topic.module) or topic.module in TAKEN:
        now = "add a word: the file that students fill in has the same name"
        raise UsageError(f'"{topic.module}" is already the name of a Python module or word', now=now)
    for title in (topic.title_en, topic.title_zh):
        if not title or not title.isprintable() or '"' in title or "\\" in title or len(title) > 200:
            now = 'one line of at most 200 characters without " and \\'
            raise UsageError(f"{title[:40]!r} can't be a title", now=now)


def _number(root: Path, topic: NewTopic) -> int:
    sides = (topic_folders(root / side) for side in (EXERCISES, SOLUTIONS))
    taken = {number_of(folder): folder.name for side in sides for same in side.values() for folder in same}
    if topic.slug.replace("-", "_") in {name[3:] for name in taken.values()}:
        raise UsageError(
            f'a folder of the topic "{topic.slug}" is already there', where=str(root), now="choose another name"
        )
    number = topic.number if topic.number is not None else max(taken, default=0) + 1
    if number in taken:
        raise UsageError(
            f"the number {number} is taken by {taken[number]}", now="leave --number out for the next free one"
        )
    if not 1 <= number <= 99:
        raise UsageError(f"{number} can't be a topic's number", now="choose one from 1 to 99 with --number")
    return number


def _files(kind: str, topic: NewTopic) -> dict[str, str]:
    """The files of one half from the templates, by their path in the topic's folder."""
    words = {
        "slug": topic.slug,
        "module": topic.module,
        "task": topic.module,
        "title_en": topic.title_en,
        "title_zh": topic.title_zh,
        "yaml_en": json.dumps(topic.title_en),
        "yaml_zh": json.dumps(topic.title_zh, ensure_ascii=False),
        "minutes": "30",
    }
    folder = TEMPLATE / kind
    made = {}
    for path in sorted(folder.rglob("*.txt")):
        name = path.relative_to(folder).as_posix().removesuffix(".txt").replace("module", topic.module)
        made[name] = Template(path.read_text(encoding="utf-8")).substitute(words)
    return made

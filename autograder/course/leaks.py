"""The proof that a student edition holds nothing of the staff's side: every file of it against every secret line.

Lines are compared without their spaces. A secret of 12 to 23 characters counts where it is a whole line or a `code
span`; a longer one wherever it stands, also inside a sentence or wrapped over two lines.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.layout import SOLUTIONS, files_below
from autograder.course.markers import cut, lines_of, regions
from autograder.course.yaml_marks import at
from autograder.errors import Fault
from autograder.model.course import Course, Topic

SHORTEST = 12  # characters of a line; `loss = f(x)` says nothing
ANYWHERE = 24  # characters without spaces: too long to be a coincidence
RUN = 3  # consecutive answer lines, each of which may be public, are a leak together
PUBLIC = "# public"  # at the end of a secret line: students may know it
IMPORT = re.compile(r"^(import|from) [\w., ]+")
PROMPT = re.compile(r"^(>>>|\.\.\.|In \[\d*\]:|[-*>|]|\d+\.)\s*")
STAFF_NAMES = re.compile(rf"^({SOLUTIONS}|accepted|mistakes|NOTES.*|.*_hidden\.py|.*_reference\.py)$")


@dataclass(frozen=True, slots=True)
class Secret:
    """A line of the staff's side. `compact` is the line without spaces and without its comment."""

    compact: str
    where: str  # file:line
    public: bool = False  # marked so: no secret, wherever else it stands

    @property
    def anywhere(self) -> bool:
        return len(self.compact) >= ANYWHERE


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared, and what was found."""

    files: int  # of the student edition
    lines: int  # of the student edition
    answers: int  # answer lines that must not be there
    hidden: int  # other secret lines: hidden checks, accepted ways, known mistakes, notes
    leaks: tuple[Fault, ...]


def prove(folder: Path, course: Course) -> Proof:
    """Compare the student edition in `folder` with all of solutions/."""
    answers = [secret for topic in course.topics for secret in _answers(topic)]
    others = [secret for topic in course.topics for secret in _others(topic)]
    public = _Public(course, [*answers, *others])
    answers, others = public.without(answers), public.without(others)
    runs = _answer_runs(course)
    folders = [course.root / SOLUTIONS, *(_master(topic).parent for topic in course.topics)]
    staff = {_digest(path): path for path in sorted({path for folder in folders for path in _files(folder)})}
    leaks: list[Fault] = []
    lines = files = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        leaks += _name_leaks(path, name)
        if path.is_symlink() or not path.is_file():
            continue
        files += 1
        same = staff.get(_digest(path))
        if same and path.stat().st_size >= SHORTEST:
            leaks.append(Fault(name, f"the same as {_shown(same)}", "it belongs to the staff"))
        text = _text(path)
        lines += text.count("\n")
        leaks += _line_leaks(text, name, [*answers, *others])
        leaks += _run_leaks(text, name, runs)
    return Proof(files, lines, len(answers), len(others), tuple(leaks))


def _answers(topic: Topic) -> Iterator[Secret]:
    master = _master(topic)
    source = _text(master)
    for region in regions(source, _shown(master)):
        yield from _secrets(region.body(lines_of(source)), master)


def _others(topic: Topic) -> Iterator[Secret]:
    """The lines of every other file of the topic's staff side; of prose only those too long to be a coincidence."""
    for path in _files(_master(topic).parent):
        if path != _master(topic).resolve() and path.suffix in (".py", ".md", ".yml", ".txt"):
            found = _secrets(list(enumerate(lines_of(_text(path)), 1)), path)
            yield from found if path.suffix == ".py" else (secret for secret in found if secret.anywhere)


def _secrets(numbered: list[tuple[int, str]], path: Path) -> Iterator[Secret]:
    for number, line in numbered:
        bare = re.split(r"\s+#\s", line)[0].strip()
        if len(bare) >= SHORTEST and not IMPORT.match(bare) and any(map(str.isalnum, bare)):  # no ruled lines
            yield Secret(_compact(bare), f"{_shown(path)}:{number}", line.rstrip().endswith(PUBLIC))


class _Public:
    """What students get anyway: every stub, freshly cut, every visible check, and lines marked as public."""

    def __init__(self, course: Course, secrets: list[Secret]) -> None:
        texts = [cut(_text(_master(topic)), topic.slug) for topic in course.topics]
        texts += [_text(topic.visible_checks) for topic in course.topics]
        self.lines = {part for text in texts for line in lines_of(text) for part in _parts(line)}
        self.lines |= {secret.compact for secret in secrets if secret.public}
        self.whole = "\n".join(_compact(text) for text in texts)

    def without(self, secrets: list[Secret]) -> list[Secret]:
        """The lines that are secret indeed, each with the first place it stands at."""
        first: dict[str, Secret] = {}
        for secret in secrets:
            first.setdefault(secret.compact, secret)
        return [secret for secret in first.values() if not self._knows(secret)]

    def _knows(self, secret: Secret) -> bool:
        return secret.compact in self.lines or (secret.anywhere and secret.compact in self.whole)


def _line_leaks(text: str, name: str, secrets: list[Secret]) -> Iterator[Fault]:
    """The first place of every secret in the text."""
    starts: list[int] = []
    parts: dict[str, int] = {}
    whole = ""
    for number, line in enumerate(lines_of(text), 1):
        starts.append(len(whole))
        whole += _compact(line)
        for part in _parts(line):
            parts.setdefault(part, number)
    windows = {whole[index : index + ANYWHERE] for index in range(len(whole))}  # spares a search per secret
    for secret in secrets:
        found = parts.get(secret.compact, 0)
        if not found and secret.compact[:ANYWHERE] in windows and secret.anywhere and secret.compact in whole:
            found = bisect_right(starts, whole.index(secret.compact))
        if found:
            hint = f"take it out; if students may know it, end that line with `{PUBLIC}`"
            yield Fault(at(name, (found, 1)), f"says what {secret.where} says", hint)


def _answer_runs(course: Course) -> dict[tuple[str, ...], str]:
    """Every three consecutive lines of an answer, unless a stub has them too; and where they stand."""
    found: dict[tuple[str, ...], str] = {}
    for topic in course.topics:
        master = _master(topic)
        source = _text(master)
        for region in regions(source, _shown(master)):
            body = region.body(lines_of(source))
            for index, run in enumerate(_runs([line for _, line in body])):
                found.setdefault(run, f"{_shown(master)}:{body[index][0]}")
    stubs = {run for topic in course.topics for run in _runs(lines_of(cut(_text(_master(topic)), topic.slug)))}
    return {run: where for run, where in found.items() if run not in stubs and len("".join(run)) >= ANYWHERE}


def _run_leaks(text: str, name: str, runs: dict[tuple[str, ...], str]) -> Iterator[Fault]:
    lines = [(number, line) for number, line in enumerate(lines_of(text), 1) if line.strip()]
    for index, run in enumerate(_runs([line for _, line in lines])):
        if run in runs:
            what = f"{RUN} lines from here on are those from {runs[run]} on"
            yield Fault(at(name, (lines[index][0], 1)), what, "write the check without the answer")


def _runs(lines: list[str]) -> list[tuple[str, ...]]:
    solid = [_compact(re.split(r"\s+#\s", line)[0]) for line in lines if line.strip()]
    return [tuple(solid[index : index + RUN]) for index in range(len(solid) - RUN + 1)]


def _name_leaks(path: Path, name: str) -> Iterator[Fault]:
    if path.is_symlink():
        yield Fault(name, "a link")
    elif STAFF_NAMES.match(path.name):
        yield Fault(name, "a name of the staff's side")
    elif path.name == "__pycache__" or path.suffix == ".pyc":
        yield Fault(name, "compiled code")


def _parts(line: str) -> set[str]:
    """A line as it may have been pasted: whole, without prompt or bullet, without comment, and its `code spans`."""
    bare = PROMPT.sub("", line.strip())
    spans = re.findall(r"`+([^`]+)`+", line)
    return {_compact(part) for part in (line, bare, re.split(r"\s+#\s", bare)[0], *spans)}


def _compact(line: str) -> str:
    return "".join(line.split())


def _text(path: Path) -> str:
    """The file as text; of a notebook what its cells say. Bytes that are no text are kept as they are."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    if path.suffix == ".ipynb":
        try:
            return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
        except (ValueError, KeyError, TypeError):
            pass
    return text


def _files(folder: Path) -> list[Path]:
    """Every file of it. A topic may be a link to where its author works, and is no less secret then."""
    return [path for path in files_below(folder.resolve()) if path.is_file()]


def _master(topic: Topic) -> Path:
    assert topic.solution, "only a course with its staff side can be released"
    return topic.solution / topic.entry


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _shown(path: Path) -> str:
    return "/".join(path.parts[path.parts.index(SOLUTIONS) :]) if SOLUTIONS in path.parts else path.name

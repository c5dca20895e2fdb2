"""Whose work is what in an upload, by names alone: no file is read here.

Recognised: student/topic/files, student/files named after their topics, an archive per student, an archive of
hand-ins per attempt, each below any number of wrapping folders; and the same for a single student.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from autograder.model.text import Text
from autograder.submissions.flaws import Flaw
from autograder.submissions.paths import SUFFIXES, is_archive
from autograder.submissions.topics import TopicName, match, plain, plain_stems, suggestion
from autograder.submissions.tree import Entry, Tree

CODE = (".py", ".ipynb")
TOPIC_AS_STUDENT = Text(
    "is a topic's folder, so no student is named; give the folder above", "是课题文件夹,没有学生姓名;请给出上一级"
)
NOBODYS = Text("belongs to no student", "不属于任何学生")
NOTHING = Text("holds no submission", "没有任何提交")
NO_TOPIC = Text("is no topic of this course", "不是本课程的课题")
UNTOLD = Text("does not tell its topic by its name", "无法从文件名看出属于哪个课题")


@dataclass(slots=True)
class Group:
    """What one student handed in for one topic. Paths of entries are below `prefix`."""

    student: str
    topic: TopicName
    prefix: str  # where it stands in the tree
    entries: list[Entry] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


@dataclass(slots=True)
class Bundle:
    """An archive where a student's folder would stand (`student` is "": its name or content tells), or in one."""

    student: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Strange:
    """Something that could not be placed: where, what is wrong, and the topic that may be meant."""

    path: str
    what: Text
    near: str = ""


@dataclass(slots=True)
class Layout:
    """A tree sorted into whose is what. `flaws` could not be told to anyone."""

    groups: list[Group] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def topic_of_file(name: str, topics: Sequence[TopicName]) -> TopicName | None:
    """The topic whose file this is, allowing for case, spaces and suffixes like ` (1)`; an exact name comes first."""
    stem, _, suffix = name.rpartition(".")
    if f".{suffix.lower()}" not in CODE:
        return None
    exact = next((topic for topic in topics if topic.module == plain(stem)), None)
    return exact or next((topic for topic in topics if topic.module in plain_stems(stem)), None)


def sort_out(tree: Tree, topics: Sequence[TopicName], student: str = "") -> Layout:
    """Everything of the tree in its place. With `student`, the whole tree is that student's work."""
    level = -1 if student else _student_level(tree, topics)
    layout = Layout()
    if level >= 0:
        _many_students(tree, topics, level, layout)
    elif not student and match(tree.label, topics):
        layout.strange.append(Strange("", TOPIC_AS_STUDENT))
    else:
        _Student(student or tree.label, -1, topics, layout).sort(tree.entries, tree.folders, tree.flaws)
    return layout


def _student_level(tree: Tree, topics: Sequence[TopicName]) -> int:
    """The place of the student's name in a path: 0 in ada/softmax/x.py, -1 where no path names one.

    Everything that stands side by side inside of the wrapping folders has one vote, so that no single student's folders
    can move the others: just above its folders named after topics, else above its files named so, else by its archives.
    """
    start = _common_start(tree, topics)
    votes: dict[tuple[str, ...], tuple[int, Counter[int]]] = {}

    def vote(parts: tuple[str, ...], weight: int, level: int) -> None:
        before = votes.get(parts[: start + 1], (0, Counter()))
        if weight >= before[0]:
            counter = before[1] if weight == before[0] else Counter[int]()
            counter[level] += 1
            votes[parts[: start + 1]] = (weight, counter)

    for parts in (tuple(folder.split("/")) for folder in tree.folders):
        if match(parts[-1], topics):
            outermost = next(n for n, part in enumerate(parts) if match(part, topics))
            vote(parts, 3, outermost - 1)
    archives = [entry.parts for entry in tree.entries if is_archive(entry.path)]
    for entry in tree.entries:
        if topic_of_file(entry.parts[-1], topics):
            vote(entry.parts, 2, len(entry.parts) - 2)
    for parts in archives:  # beside each other they are one per student; the only one of a folder is the folder's
        vote(parts, 1, start - (len(archives) == 1 and start > 0) if len(parts) == start + 1 else len(parts) - 2)
    cast = Counter(_most(counter) for _, counter in votes.values())
    if cast:
        return _most(cast)
    return start if any(folder.count("/") >= start for folder in tree.folders) else start - 1


def _most(levels: Counter[int]) -> int:
    return min(level for level in levels if levels[level] == max(levels.values()))


def _common_start(tree: Tree, topics: Sequence[TopicName]) -> int:
    """How many folders wrap everything: none of them a topic, none with code or archives beside it."""
    start = 0
    while True:
        inside = {folder.split("/")[start] for folder in tree.folders if folder.count("/") >= start}
        telling = any(
            len(entry.parts) == start + 1 and entry.path.lower().endswith((*CODE, *SUFFIXES)) for entry in tree.entries
        )
        if len(inside) != 1 or telling or match(next(iter(inside)), topics):
            return start
        start += 1


def _many_students(tree: Tree, topics: Sequence[TopicName], level: int, layout: Layout) -> None:
    inside: dict[str, tuple[list[Entry], list[str], list[Flaw]]] = {}
    for folder in tree.folders:
        at = "/".join(folder.split("/")[: level + 1])
        if folder.count("/") >= level:
            inside.setdefault(at, ([], [], []))[1].append(folder)
    for entry in tree.entries:
        at = "/".join(entry.parts[: level + 1])
        if len(entry.parts) > level + 1:
            inside[at][0].append(entry)
        elif len(entry.parts) == level + 1 and is_archive(entry.path):
            layout.bundles.append(Bundle("", entry))
        elif entry.path.lower().endswith(CODE):  # a roster or a README beside the students is no mistake
            layout.strange.append(Strange(entry.path, NOBODYS))
    for flaw in tree.flaws:
        at = "/".join(flaw.path.split("/")[: level + 1])
        known = flaw.path.count("/") >= level and at in inside
        (inside[at][2] if known else layout.flaws).append(flaw)
    for at, (entries, folders, flaws) in inside.items():
        _Student(at.split("/")[level], level, topics, layout).sort(entries, folders, flaws)


class _Student:
    """One student's part of a tree, whose paths name the student at `level`."""

    def __init__(self, name: str, level: int, topics: Sequence[TopicName], layout: Layout) -> None:
        self.name, self.level, self.topics, self.layout = name, level, topics, layout
        self.groups: dict[str, Group] = {}
        self.bundled = False

    def sort(self, entries: Sequence[Entry], folders: Sequence[str], flaws: Sequence[Flaw]) -> None:
        for folder in folders:
            parts = tuple(folder.split("/"))
            at = self._topic_at(parts)
            if at == len(parts) - 1:
                self._group(parts, at)
        flat: list[Entry] = []
        for entry in entries:
            at = self._topic_at(entry.parts[:-1])
            if at is None:
                flat.append(entry)
            else:
                self._group(entry.parts, at).entries.append(replace(entry, path="/".join(entry.parts[at + 1 :])))
        self._sort_flat(flat)
        self._tell(flaws)
        self.layout.groups += self.groups.values()
        if not (self.groups or flat or flaws):
            self.layout.strange.append(Strange(self.name, NOTHING))

    def _topic_at(self, parts: Sequence[str]) -> int | None:
        """The place of the first folder below the student that is named after a topic."""
        return next((n for n in range(self.level + 1, len(parts)) if match(parts[n], self.topics)), None)

    def _group(self, parts: Sequence[str], at: int) -> Group:
        topic = match(parts[at], self.topics)
        assert topic is not None
        prefix = "/".join(parts[: at + 1])
        group = self.groups.setdefault(topic.slug, Group(self.name, topic, prefix))
        second = Flaw(prefix, "duplicate", f"{group.prefix} / {prefix}")
        if group.prefix != prefix and second not in group.flaws:
            group.flaws.append(second)
        return group

    def _sort_flat(self, flat: list[Entry]) -> None:
        """Files outside of any topic's folder: by their own names; the others are extra files of all those."""
        named: dict[str, list[Entry]] = {}
        rest: list[Entry] = []
        misspelt = [entry for entry in flat if self._near(entry)]
        skip = self.level + 1 + (0 if misspelt else _wrapper(flat, self.level + 1))
        told = {entry.path for entry in misspelt}
        for entry in (entry for entry in flat if entry.path not in told):
            topic = topic_of_file(entry.parts[-1], self.topics)
            if topic and topic.slug not in self.groups:
                named.setdefault(topic.slug, []).append(replace(entry, path=entry.parts[-1]))
            else:
                rest.append(entry)
        extra = [replace(entry, path="/".join(entry.parts[skip:])) for entry in rest]
        prefix = "/".join(flat[0].parts[:skip]) if flat else ""
        for topic in self.topics:
            if topic.slug in named:
                self.groups[topic.slug] = Group(self.name, topic, prefix, named[topic.slug] + extra)
        self._strange(misspelt if named else [*misspelt, *rest])

    def _near(self, entry: Entry) -> str:
        """The topic that the outermost folder of a file seems to misspell: that is told, not guessed."""
        below = entry.parts[self.level + 1 :]
        return suggestion(below[0], self.topics) if len(below) > 1 else ""

    def _strange(self, rest: Sequence[Entry]) -> None:
        """Once per folder: a misspelt topic, an archive, or code whose name does not tell its topic."""
        seen: set[str] = set()
        for entry in rest:
            below = entry.parts[self.level + 1 :]
            where = "/".join(entry.parts[: self.level + 2])
            if is_archive(entry.path) and not self.groups:
                self.layout.bundles.append(Bundle(self.name, entry))
            elif where not in seen and (self._near(entry) or entry.path.lower().endswith(CODE)):
                seen.add(where)
                near = suggestion(below[0].removesuffix(".py"), self.topics)
                what = NO_TOPIC if len(below) > 1 else UNTOLD
                self.layout.strange.append(Strange(where, what, near))

    def _tell(self, flaws: Sequence[Flaw]) -> None:
        """A flaw below a topic's folder is that topic's; any other is told to every topic of the student."""
        for flaw in flaws:
            own = [group for group in self.groups.values() if f"{flaw.path}/".startswith(f"{group.prefix}/")]
            topic = topic_of_file(flaw.path.rpartition("/")[2], self.topics)
            if topic and not own:
                own = [self.groups.setdefault(topic.slug, Group(self.name, topic, flaw.path.rpartition("/")[0]))]
            for group in own or self.groups.values():
                group.flaws.append(flaw)
            if not self.groups:
                self.layout.flaws.append(flaw)


def _wrapper(entries: Sequence[Entry], start: int) -> int:
    """How many folders below `start` hold everything and nothing beside them."""
    count = 0
    while entries and len({entry.parts[start + count] for entry in entries}) == 1:
        if any(len(entry.parts) == start + count + 1 for entry in entries):
            break
        count += 1
    return count

"""From whatever staff were given to one Submission per student and topic. A bad upload costs only its own student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from autograder.errors import UploadError, UsageError
from autograder.model.submission import Problem, Submission
from autograder.model.text import Text
from autograder.submissions import collected, names, problems
from autograder.submissions.attempts import choose_attempts
from autograder.submissions.collection import Collection, Reject
from autograder.submissions.entry import choose_entry
from autograder.submissions.flaws import Flaw
from autograder.submissions.flaws import problems as flaw_problems
from autograder.submissions.folder import open_folder
from autograder.submissions.handins import doubts, is_hand_in, read_hand_in, receipt_problems
from autograder.submissions.look_alikes import alike
from autograder.submissions.paths import archive_stem, is_archive, shown
from autograder.submissions.recognise import CODE, Bundle, Group, Strange, sort_out
from autograder.submissions.roster import Roster
from autograder.submissions.topics import TopicName
from autograder.submissions.tree import Caps, Entry, Tree, read_files
from autograder.submissions.unpack import open_archive

DEFAULT_CAPS = Caps()


def collect(
    sources: Sequence[Path],
    topics: Sequence[TopicName],
    *,
    roster: Roster | None = None,
    caps: Caps = DEFAULT_CAPS,
    now: datetime | None = None,
) -> Collection:
    """Everything the sources hold: folders, archives, drop folders, or folders that `collect --into` wrote.

    Raises UsageError for a source that is not there; anything wrong inside a source is told in the Collection. With
    `now`, hand-ins that claim to come from the future are flagged.
    """
    gathering = _Gathering(topics, caps, now)
    for source in sources:
        gathering.source(source)
    chosen, earlier = choose_attempts(gathering.found)
    order = {topic.slug: number for number, topic in enumerate(topics)}
    chosen.sort(key=lambda one: (names.key(one.student), one.student, order[one.topic]))
    students = list(dict.fromkeys(one.student for one in chosen))
    said = _about_students(students, roster)
    submissions = tuple(replace(one, problems=(*one.problems, *said.get(one.student, []))) for one in chosen)
    missing = roster.missing(students) if roster else ()
    return Collection(submissions, tuple(gathering.rejects), tuple(earlier), missing)


def _about_students(students: Sequence[str], roster: Roster | None) -> dict[str, list[Problem]]:
    """Names that look alike, and names the roster does not have."""
    said: dict[str, list[Problem]] = {}
    twins = {student: group for group in alike(students) for student in group}
    for student in students:
        if others := [other for other in twins.get(student, ()) if other != student]:
            said.setdefault(student, []).append(problems.duplicate_student(others))
        if roster and not roster.holds(student):
            near = names.nearest(student, roster.students)
            said.setdefault(student, []).append(problems.unknown_student(student, near))
    return said


class _Gathering:
    """What has been found so far, over all sources."""

    def __init__(self, topics: Sequence[TopicName], caps: Caps, now: datetime | None) -> None:
        self.topics, self.caps, self.now = topics, caps, now
        self.found: list[Submission] = []
        self.rejects: list[Reject] = []

    def source(self, source: Path) -> None:
        try:
            with _open(source, self.caps) as tree:
                self._tree(tree, source if source.is_dir() and collected.is_collection(source) else None)
        except UploadError as refused:
            self._reject(str(source), refused.what)

    def _tree(self, tree: Tree, collection: Path | None = None, student: str = "", outer: bool = True) -> None:
        """Everything in a tree; with `student`, all of it is that student's. Archives inside go one level deep."""
        if is_hand_in(tree):
            self._hand_in(tree, student, "")
            return
        layout = sort_out(tree, self.topics, student)
        for group in layout.groups:
            self._group(tree, group, collection)
        for bundle in layout.bundles:
            if outer:
                self._bundle(tree, bundle)
            else:
                self._reject(_at(tree, bundle.entry.path), "an archive inside an archive is not opened")
        for strange in layout.strange:
            self._strange(tree, strange)
        for flaw in layout.flaws:
            self.rejects.append(Reject(_at(tree, flaw.path), flaw.text))

    def _group(self, tree: Tree, group: Group, collection: Path | None) -> None:
        where = _at(tree, group.prefix)
        try:
            student = names.clean_student(group.student)
        except UsageError as fault:
            self._reject(where, fault.what)
            return
        submission = Submission(student, group.topic.slug, (), where)
        record = collected.record_of(collection / group.prefix) if collection else None
        archives = [entry for entry in group.entries if is_archive(entry.path) and "/" not in entry.path]
        if record:
            files, flaws = read_files(group.entries, self.caps)
            restored = collected.restore(replace(submission, files=tuple(files)), group.topic, record)
            self.found.append(_with(restored, flaw_problems([*group.flaws, *flaws])))
        elif archives and not any(entry.path.lower().endswith(CODE) for entry in group.entries):
            for archive in archives:
                self._archive_for_topic(archive, replace(group, student=student), where)
        else:
            self.found.append(self._plain(submission, group.topic, group.entries, group.flaws))

    def _plain(
        self, submission: Submission, topic: TopicName, entries: Sequence[Entry], flaws: Sequence[Flaw]
    ) -> Submission:
        """Ordinary files. If some had to be left out and the rest can't be graded, that is what is told."""
        files, more = read_files(entries, self.caps)
        kept, said = choose_entry(files, topic)
        wrong = [*flaws, *more]
        hopeless = any(problem.fatal for problem in said)
        if wrong and hopeless:
            said = [problem for problem in said if not problem.fatal]
        return replace(submission, files=tuple(kept), problems=(*flaw_problems(wrong, hopeless), *said))

    def _archive_for_topic(self, archive: Entry, group: Group, where: str) -> None:
        """An archive in the folder of a topic: a hand-in of `submit`, or the topic's files zipped."""
        source = f"{where}/{archive.path}"
        data = self._bytes(archive, source)
        if data is None:
            return
        submission = Submission(group.student, group.topic.slug, (), source)
        try:
            with open_archive(data, source, self.caps.for_one()) as tree:
                if is_hand_in(tree):
                    beside = f"{archive_stem(archive.path)}.receipt.json"
                    receipt = next((entry for entry in group.entries if entry.path == beside), None)
                    self._hand_in(tree, group.student, group.topic.slug, data, receipt)
                else:
                    flaws = [*group.flaws, *tree.flaws]
                    self.found.append(self._plain(submission, group.topic, tree.entries, flaws))
        except UploadError as refused:
            flaw = Flaw(archive.path, "refused", f"{shown(archive.path)} ({refused.what})")
            self.found.append(replace(submission, problems=tuple(flaw_problems([flaw]))))

    def _hand_in(
        self, tree: Tree, student: str, topic: str, archive: bytes = b"", receipt: Entry | None = None
    ) -> None:
        try:
            submission = read_hand_in(tree, self.topics, self.caps, student, topic)
            submission = _with(submission, doubts(submission, "" if student else tree.label, self.now))
            if receipt:
                files, _ = read_files(tree.entries, self.caps)
                proof = self._bytes(receipt, tree.source) or b""
                submission = _with(submission, receipt_problems(proof, archive, files, tree.source))
            self.found.append(submission)
        except UsageError as refused:
            self._reject(tree.source, refused.what)

    def _bundle(self, tree: Tree, bundle: Bundle) -> None:
        """A student's archive; its name is the student's where no folder says it."""
        source = _at(tree, bundle.entry.path)
        data = self._bytes(bundle.entry, source)
        if data is None:
            return
        try:
            with open_archive(data, source, self.caps.for_one()) as inner:
                name = bundle.student or ("" if is_hand_in(inner) else inner.label)
                self._tree(inner, student=name, outer=False)
        except UploadError as refused:
            self._reject(source, refused.what)

    def _bytes(self, entry: Entry, source: str) -> bytes | None:
        most = self.caps.for_one().archive_bytes
        try:
            data = entry.read(most + 1)
        except Exception as fault:  # from a hostile archive, almost anything
            self._reject(source, f"can't be read ({type(fault).__name__})")
            return None
        if len(data) > most:
            self._reject(source, f"larger than {most >> 20} MiB")
            return None
        return data

    def _strange(self, tree: Tree, strange: Strange) -> None:
        near = f"; did you mean {strange.near}?" if strange.near else ""
        near_zh = f";是否为 {strange.near}?" if strange.near else ""
        self.rejects.append(Reject(_at(tree, strange.path), Text(strange.what.en + near, strange.what.zh + near_zh)))

    def _reject(self, where: str, what: str) -> None:
        self.rejects.append(Reject(shown(where, 200), Text(what)))


def _with(submission: Submission, more: Sequence[Problem]) -> Submission:
    return replace(submission, problems=(*submission.problems, *more))


def _at(tree: Tree, path: str) -> str:
    return shown(f"{tree.source.rstrip('/')}/{path}" if path else tree.source, 200)


@contextmanager
def _open(source: Path, caps: Caps) -> Iterator[Tree]:
    """A folder or an archive from the command line. Raises UsageError if it is not there."""
    if not source.exists():
        raise UsageError("there is no such file or folder", where=str(source), now="check the path")
    if source.is_dir():
        with open_folder(source, caps) as tree:
            yield tree
    elif source.is_file():
        with open_archive(source, str(source), caps) as tree:
            yield tree
    else:
        raise UsageError("is neither a folder nor a file", where=str(source), now="give a folder or an archive")

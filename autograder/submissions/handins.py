"""Hand-ins of `autograder submit` among what is collected: is it whole, whose is it, does its receipt hold?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from autograder.errors import UploadError
from autograder.model.submission import Problem, Submission, SubmittedFile
from autograder.submissions import names, problems
from autograder.submissions.entry import choose_entry
from autograder.submissions.flaws import problems as flaw_problems
from autograder.submissions.look_alikes import look
from autograder.submissions.packed import FILES, RECORD, read_packed
from autograder.submissions.paths import shown
from autograder.submissions.receipt import faults, faults_against, read_receipt
from autograder.submissions.topics import TopicName, match, suggestion
from autograder.submissions.tree import Caps, Tree, read_files

NAMED_BY_US = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}")  # the name that `submit` gives, perhaps with something around it
EARLIEST = datetime(2015, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=10)


def is_hand_in(tree: Tree) -> bool:
    """By its content: the record, and nothing beside it but the files."""
    paths = [entry.path for entry in tree.entries]
    return RECORD in paths and all(path == RECORD or path.startswith(FILES) for path in paths)


def read_hand_in(tree: Tree, topics: Sequence[TopicName], caps: Caps, student: str, topic: str) -> Submission:
    """The submission of a hand-in; `student` and `topic` are what its place says ("" if it says nothing).

    Raises UploadError if it can't be told whose it is.
    """
    files, flaws = read_files(tree.entries, caps)
    packed = read_packed(files, tree.source)
    submission = packed.submission
    own = names.clean_student(submission.student)
    known = match(submission.topic, topics)
    if known is None:
        near = suggestion(submission.topic, topics)
        raise UploadError(f"no topic {shown(submission.topic)} here" + (f"; is it {near}?" if near else ""))
    if (student and names.clean_student(student) != own) or (topic and topic != known.slug):
        raise UploadError(f"says it is {own}'s hand-in for {known.slug}, which is not where it lies")
    kept, said = choose_entry(submission.files, known)
    spoilt = flaw_problems([*tree.flaws, *flaws])
    if packed.damage:
        spoilt.append(problems.damaged(packed.damage))
    return replace(submission, student=own, topic=known.slug, files=tuple(kept), problems=(*spoilt, *said))


def doubts(submission: Submission, label: str, now: datetime | None) -> list[Problem]:
    """What does not fit together in a hand-in that no folder vouches for: another student's name on its archive
    (`label`, "" if none), a time that lies ahead of `now` or before there was a course."""
    said = []
    if label and not NAMED_BY_US.search(label) and look(submission.student) not in look(label):
        said.append(problems.named_otherwise(label, submission.student))
    when = submission.submitted_at
    if when and (when < EARLIEST or (now is not None and when > now + CLOCKS_DIFFER)):
        said.append(problems.odd_time(when.isoformat(" ", "seconds")))
    return said


def receipt_problems(receipt: bytes, archive: bytes, files: Sequence[SubmittedFile], source: str) -> list[Problem]:
    """What is wrong with the receipt that lies beside a hand-in."""
    try:
        claims = read_receipt(receipt, source)
        found = faults(claims) or faults_against(claims, archive, read_packed(files, source).submission)
    except UploadError as fault:
        found = [fault.what]
    return [problems.receipt(found[0])] if found else []

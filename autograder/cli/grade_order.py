"""What a `grade` command was asked to do: read from its options, recorded with the run, read again by --resume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.model.course import Course
    from autograder.model.submission import Submission
    from autograder.store.store import Store
    from autograder.submissions.collection import Collection


@dataclass(frozen=True, slots=True)
class Order:
    """Which submissions to grade, and how. Recorded as JSON; paths are absolute."""

    sources: tuple[str, ...] = ()
    students: tuple[str, ...] = ()  # only these; empty: all
    topics: tuple[str, ...] = ()  # only these; empty: all
    roster: str = ""
    seed: int | None = None  # None: the course's own
    device: str = "cpu"
    again: bool = False  # also what has a result already
    unsafe: bool = False


def recorded(store: Store) -> tuple[int, Order]:
    """The last run that was not finished, taken over by this process, and its order."""
    from autograder.model.plain import from_plain

    unfinished = next((run for run in store.runs() if run.finished_at is None), None)
    if unfinished is None:
        raise UsageError(
            "no run was interrupted, so there is nothing to resume",
            where=str(store.path),
            now="`autograder grade` grades what is new",
        )
    try:
        order = from_plain(Order, unfinished.options)
    except (TypeError, ValueError, KeyError) as fault:
        raise UsageError(
            f"run {unfinished.id} was started by another version of the autograder ({fault})",
            where=str(store.path),
            now="run `autograder grade` with its sources and options: what is graded already costs nothing",
        ) from fault
    store.take_over(unfinished.id)
    return unfinished.id, order


def supersede(store: Store, order: Order, now: str) -> None:
    """A new run of the same order makes interrupted ones obsolete: nothing is left of them to resume."""
    from autograder.model.plain import to_plain

    for run in store.runs():
        if run.finished_at is None and run.options == to_plain(order) and not store.is_alive(run.id):
            store.finish_run(run.id, now)


def default_sources(course: Course, here: Path) -> tuple[str, ...]:
    """The drop folder of the course, or ./submissions."""
    places = [course.root / course.submit_to] if course.submit_to else []
    places += [here / "submissions", course.root / "submissions"]
    for place in places:
        if place.exists():
            return (str(place.absolute()),)
    looked = ", ".join(str(place) for place in dict.fromkeys(places))
    raise UsageError("no submissions", where=looked, now="name them: autograder grade FOLDER_OR_ARCHIVE...")


def gather(order: Order, course: Course) -> Collection:
    """Everything the sources hold for this course."""
    from autograder.submissions.collect import collect
    from autograder.submissions.roster import read_roster

    roster = read_roster(Path(order.roster)) if order.roster else None
    found = collect([Path(source) for source in order.sources], course.topics, roster=roster, now=datetime.now(UTC))
    if not found.submissions and not found.rejects:
        raise UsageError(
            "no submissions found",
            where=", ".join(order.sources),
            now="expected: <student>/<topic>/<topic>.py, archives of that, or what `submit` wrote",
        )
    return found


def chosen_topics(course: Course, wanted: Sequence[str]) -> tuple[str, ...]:
    """Slugs of the topics a person means; UsageError with a suggestion for one the course does not have."""
    from autograder.course.near import near
    from autograder.submissions.topics import match

    slugs = []
    for name in wanted:
        topic = match(name, course.topics)
        if topic is None:
            known = [one.slug for one in course.topics]
            raise UsageError(f'the course has no topic "{name}"', now=near(name, known) or "see `autograder list`")
        slugs.append(topic.slug)
    return tuple(dict.fromkeys(slugs))


def select(submissions: Sequence[Submission], order: Order) -> list[Submission]:
    """The submissions of the students and topics that were asked for; UsageError for a student who has none."""
    from autograder.course.near import near
    from autograder.submissions.names import key

    everyone = {one.student for one in submissions}
    students = set() if order.students else everyone
    for name in order.students:
        meant = {name} & everyone or {student for student in everyone if key(student) == key(name)}
        if not meant:
            now = near(name, sorted(everyone)) or "`autograder collect` shows who handed in"
            raise UsageError(f'nothing was handed in by "{name}"', where=", ".join(order.sources), now=now)
        students |= meant
    return [one for one in submissions if one.student in students and one.topic in (order.topics or (one.topic,))]

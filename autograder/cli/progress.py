"""`autograder list`: the course in order, and how far the student is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import output
from autograder.cli.workspace import course_option, need_course
from autograder.submissions import workspace
from autograder.submissions.topics import TopicFolder

if TYPE_CHECKING:
    from autograder.model.course import Course


@click.command("list")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=Path(), help="Where your folders are.")
@course_option
@output.json_option
def list_topics(folder: Path, course_dir: Path | None, as_json: bool) -> None:
    """The topics of the course in order, what each needs, when it is due, and how far you are."""
    from autograder.course.discover import glance

    here = Path.cwd() / folder
    course = glance(need_course(course_dir, here))
    rows = [_row(course, number, here) for number in range(len(course.topics))]
    if as_json:
        output.print_json({"course": course.title.en, "root": course.root, "topics": rows})
        return
    _print_list(course, rows)
    output.say("next: autograder start TOPIC")


def _row(course: Course, number: int, here: Path) -> dict[str, Any]:
    topic = course.topics[number]
    due = course.policy.of(topic.slug).due
    folder = TopicFolder(topic.slug, topic.number, topic.exercise)
    place = workspace.find_workspace(folder, here) or workspace.find_workspace(folder, here.parent)
    memory = workspace.recall(place) if place else {}
    return {
        "topic": topic.slug,
        "number": topic.number,
        "title": {"en": topic.title.en, "zh": topic.title.zh},
        "points": topic.points,
        "minutes": topic.minutes,
        "difficulty": topic.difficulty,
        "needs": list(topic.needs),
        "due": due.isoformat() if due else None,
        "started": place is not None,
        "checked": memory.get("checked"),
        "submitted": memory.get("submitted"),
    }


def _print_list(course: Course, rows: Sequence[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(title=course.title.to(output.language()), title_justify="left")
    for heading in ("", "topic", "title", "points", "needs", "due", "you"):
        whole = heading in ("topic", "due")
        table.add_column(heading, justify="right" if heading == "points" else "left", no_wrap=whole, overflow="fold")
    for row in rows:
        due = datetime.fromisoformat(row["due"]).strftime("%Y-%m-%d %H:%M") if row["due"] else ""
        title = row["title"][output.language()] or row["title"]["en"]
        cells = [f"{row['number']:02}", row["topic"], title, f"{row['points']:g}", ", ".join(row["needs"]), due]
        table.add_row(*(output.safe(cell) for cell in [*cells, _progress(row)]))
    output.console().print(table)


def _progress(row: dict[str, Any]) -> str:
    done, checked = row["submitted"], row["checked"]
    if isinstance(done, dict):
        return f"submitted {str(done.get('at', ''))[:10]}"
    if isinstance(checked, dict):
        return f"{checked.get('passed')} of {checked.get('visible')} visible checks"
    return "started" if row["started"] else ""

"""`autograder list`: the course in order, and how far the student is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import output
from autograder.cli.workspace import course_option, need_course
from autograder.model.text import Text
from autograder.submissions import workspace
from autograder.submissions.topics import TopicFolder

if TYPE_CHECKING:
    from autograder.model.course import Course

DUE, POINTS, ALSO = Text("due {}", "截止 {}"), Text("{} points", "{} 分"), Text("also {}", "另需 {}")
SUBMITTED, STARTED = Text("submitted {}", "已提交 {}"), Text("started", "已开始")
PASSED = Text("{} of {} visible checks", "可见检查通过 {} / {}")
NEXT = Text("next: autograder start TOPIC", "下一步：autograder start TOPIC")


@click.command("list")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=Path(), help="Where your folders are.")
@click.option("--map", "picture", metavar="FILE.svg", type=click.Path(path_type=Path), help="Draw the course instead.")
@course_option
@output.json_option
def list_topics(folder: Path, picture: Path | None, course_dir: Path | None, as_json: bool) -> None:
    """The topics of the course, each below what it needs, when it is due, and how far you are."""
    from autograder.course.discover import glance

    here = Path.cwd() / folder
    course = glance(need_course(course_dir, here))
    if picture:
        from autograder.course.map import course_map

        language = output.language()
        picture.write_text(course_map(course.title.to(language), course.topics, language), encoding="utf-8")
        output.answer(str(picture))
        return
    rows = [_row(course, number, here) for number in range(len(course.topics))]
    if as_json:
        output.print_json({"course": course.title.en, "root": course.root, "topics": rows})
        return
    _print_list(course, rows)
    output.say(NEXT.to(output.language()))


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
    """One line for each topic, hung on what it needs."""
    from rich.text import Text as Line

    from autograder.course.path import way

    console = output.console()
    console.print(Line(course.title.to(output.language()), style="bold"))
    by_slug = {row["topic"]: row for row in rows}
    stops = list(way(course.topics))
    width = max((2 * stop.depth + len(stop.topic.slug) for stop in stops), default=0)
    for stop in stops:
        row = by_slug[stop.topic.slug]
        mark, style = _mark(row, by_slug)
        line = Line(f"{mark} ", style=style).append(f"{row['number']:02} ", style="dim")
        line.append("│ " * max(0, stop.depth - 1) + "├ " * (stop.depth > 0), style="dim")
        line.append(output.safe(stop.topic.slug).ljust(width - 2 * stop.depth + 2), style=style or "default")
        line.append(output.safe(_facts(row, stop.also)), style="dim")
        console.print(line, no_wrap=True, overflow="ellipsis")
    done = sum(isinstance(row["submitted"], dict) for row in rows)
    words = {"en": "{} of {} submitted", "zh": "已提交 {} / {}"}
    console.print(Line(words[output.language()].format(done, len(rows)), style="dim"))


def _mark(row: dict[str, Any], by_slug: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """Submitted, begun, open to begin, or still waiting for another topic; and how it looks."""
    if isinstance(row["submitted"], dict):
        return "✓", "green"
    if row["started"]:
        return "◐", "yellow"
    waits = any(not by_slug[need]["submitted"] for need in row["needs"] if need in by_slug)
    return ("·", "") if waits else ("○", "bold")


def _facts(row: dict[str, Any], also: Sequence[str]) -> str:
    """What else there is to know, what matters most first: a narrow terminal cuts the end."""
    speak = output.language()
    due = datetime.fromisoformat(row["due"]).strftime("%Y-%m-%d %H:%M") if row["due"] else ""
    said = (
        _progress(row, speak),
        DUE.to(speak).format(due) if due else "",
        POINTS.to(speak).format(f"{row['points']:g}"),
        row["title"][speak] or row["title"]["en"],
        ALSO.to(speak).format(", ".join(also)) if also else "",
    )
    return " · ".join(one for one in said if one)


def _progress(row: dict[str, Any], speak: str) -> str:
    done, checked = row["submitted"], row["checked"]
    if isinstance(done, dict):
        return SUBMITTED.to(speak).format(str(done.get("at", ""))[:10])
    if isinstance(checked, dict):
        return PASSED.to(speak).format(checked.get("passed"), checked.get("visible"))
    return STARTED.to(speak) if row["started"] else ""

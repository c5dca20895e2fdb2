"""The syllabus is the course: every topic once, after what it needs, due when its week ends, hours added up."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from autograder.course.discover import load_course
from autograder.model.course import Course, Topic

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("syllabus.md", "syllabus.zh.md")


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def tables(page: str, course: Course) -> list[list[tuple[list[Topic], str]]]:
    """Of each table its lines: the topics that are linked, and the hours."""
    known = {topic.exercise.name: topic for topic in course.topics}
    found: list[list[tuple[list[Topic], str]]] = []
    for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("|---"):
            found.append([])
        elif line.startswith("|") and found:
            *_, topics, hours, _ = line.split("|")
            names = re.findall(r"\.\./exercises/(\w+)/README(?:\.zh)?\.md", topics)
            if re.search(r"\d", hours):  # not the heading of the next table
                found[-1].append(([known[name] for name in names], hours.strip()))
    return found


def minutes(topics: list[Topic]) -> int:
    return sum(topic.minutes for topic in topics)


@pytest.mark.parametrize("page", PAGES)
def test_the_hours_are_those_of_the_topics(page, course):
    for *rows, (nothing, together) in tables(page, course):
        assert nothing == []
        assert [hours for _, hours in rows] == [f"{round(minutes(topics) / 30) / 2:g}" for topics, _ in rows]
        assert together == f"{round(sum(minutes(topics) for topics, _ in rows) / 30) / 2:g}"


@pytest.mark.parametrize("page", PAGES)
def test_the_weeks_are_those_of_the_due_dates_and_hold_every_topic(page, course):
    weeks = [topics for topics, _ in tables(page, course)[0] if topics]
    due = groupby(course.topics, key=lambda topic: course.policy.of(topic.slug).due)
    assert weeks == [list(topics) for _, topics in due]


@pytest.mark.parametrize("page", PAGES)
def test_no_topic_stands_before_what_it_needs(page, course):
    for rows in tables(page, course):
        order = [topic.slug for topics, _ in rows for topic in topics]
        for topics, _ in rows:
            for topic in topics:
                assert all(order.index(need) < order.index(topic.slug) for need in topic.needs if need in order)


@pytest.mark.parametrize("page", PAGES)
def test_the_short_course_can_be_run(page, course, tmp_path):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (chosen,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "grading.yml").write_text("course: {en: x, zh: x}\n" + chosen)
    for folder in ("exercises", "solutions"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    road = [topic.slug for topics, _ in tables(page, course)[1] for topic in topics]
    assert [topic.slug for topic in load_course(tmp_path).topics] == road

"""The map of a course: every topic once, lines from what is needed, nothing outside of the picture."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.discover import glance
from autograder.course.map import course_map
from autograder.model.course import Topic
from autograder.model.text import Text

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def topic(number, *needs, title="A title"):
    return Topic(f"t{number:02}", number, Text(title, "标题"), tuple(f"t{n:02}" for n in needs), (), Path(), None)


def drawn(topics, language="en"):
    return ET.fromstring(course_map("Course <&>", topics, language))


def test_a_chain_and_what_follows_from_it():
    picture = drawn([topic(1), topic(2, 1), topic(3, 1, 2)])
    assert [text.text for text in picture.iter(f"{SVG}text")][::2] == ["01 t01", "02 t02", "03 t03"]
    assert len(list(picture.iter(f"{SVG}path"))) == 2  # 1 -> 3 is clear from 1 -> 2 -> 3


def test_a_long_line_passes_beside_the_boxes_of_the_rows_between():
    picture = drawn([topic(1), topic(2, 1), topic(3, 2), topic(4, 1), topic(5, 3, 4), topic(6, 5), topic(7, 4, 6)])
    boxes = [tuple(float(box.get(key)) for key in ("x", "y", "width", "height")) for box in picture.iter(f"{SVG}rect")]
    for path in picture.iter(f"{SVG}path"):
        if straight := re.fullmatch(r"M(\S+) (\S+) V(\S+)", path.get("d")):
            x, top, bottom = map(float, straight.groups())
            assert not any(left <= x <= left + w and y < bottom and y + h > top for left, y, w, h in boxes)


def test_titles_are_escaped_cut_and_in_the_reader_s_language():
    picture = drawn([topic(1, title="<b>" + "x" * 60)])
    assert [text.text for text in picture.iter(f"{SVG}text")][1] == "<b>" + "x" * 21 + "…"
    assert [text.text for text in drawn([topic(1)], "zh").iter(f"{SVG}text")][1] == "标题"


@given(st.lists(st.sets(st.integers(0, 24), max_size=4), max_size=25))
def test_every_box_is_inside_and_none_lies_on_another(needs):
    picture = drawn([topic(n, *sorted(own)) for n, own in enumerate(needs)])
    _, _, width, height = map(float, picture.get("viewBox").split())
    boxes = [tuple(float(box.get(key)) for key in ("x", "y", "width", "height")) for box in picture.iter(f"{SVG}rect")]
    assert len(boxes) == len(needs)
    for x, y, w, h in boxes:
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    for number, (x, y, w, _) in enumerate(boxes):
        assert not any(y == other_y and abs(x - other_x) < w for other_x, other_y, _, _ in boxes[number + 1 :])


@pytest.mark.parametrize(("name", "language"), [("course-map.svg", "en"), ("course-map.zh.svg", "zh")])
def test_the_map_in_the_documents_shows_the_course_as_it_is(name, language):
    course = glance(ROOT)
    now = f"run `LANG={language} autograder list --map docs/{name}`"
    assert (ROOT / "docs" / name).read_text() == course_map(course.title.to(language), course.topics, language), now

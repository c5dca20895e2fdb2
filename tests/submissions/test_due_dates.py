from datetime import datetime

import pytest
from uploads import write

from autograder.submissions.due import lateness, read_rules

GRADING = """
submit_to: drop/here
topics:
  - {topic: tensor-basics, due: 2027-03-07T23:59:00+08:00}
  - {topic: softmax-regression, due: "2027-04-25 23:59+08:00"}
  - {topic: training-loop}
"""


def rules(tmp_path, text):
    return read_rules(write(tmp_path, {"grading.yml": text.encode()}))


def test_due_dates_and_the_drop_folder_are_read(tmp_path):
    found = rules(tmp_path, GRADING)
    assert found.due == {
        "tensor-basics": datetime.fromisoformat("2027-03-07T23:59:00+08:00"),
        "softmax-regression": datetime.fromisoformat("2027-04-25T23:59:00+08:00"),
    }
    assert (found.submit_to, found.note) == (tmp_path / "drop/here", "")


def test_a_course_without_a_drop_folder_has_none(tmp_path):
    assert rules(tmp_path, "topics: []").submit_to is None


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "- 1",
        "topics: 3",
        "topics: [1]",
        "topics: [{topic: x, due: soon}]",
        "topics: [{topic: x, due: 2027-03-07}]",
        "",
    ],
)
def test_a_broken_file_gives_a_note_and_never_stops_a_hand_in(tmp_path, text):
    found = rules(tmp_path, text)
    assert found.due == {}
    assert "lateness is unknown" in found.note


def test_nothing_in_the_file_is_ever_constructed(tmp_path):
    found = rules(tmp_path, f"submit_to: !!python/object/apply:pathlib.Path.touch [{tmp_path}/evil]\ntopics: []")
    assert found.submit_to is None
    assert not (tmp_path / "evil").exists()


def test_a_missing_file_gives_a_note(tmp_path):
    assert "lateness is unknown" in read_rules(tmp_path).note


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (61, "1 min 1 s"),
        (12_000, "3 h 20 min"),
        (90_000, "1 day 1 h"),
        (180_061, "2 days 2 h"),
    ],
)
def test_lateness_is_told_in_its_two_largest_units(seconds, text):
    assert lateness(seconds) == text

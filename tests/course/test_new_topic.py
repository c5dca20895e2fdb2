"""`new` makes a topic that is valid and complete before a word of it is changed."""

from __future__ import annotations

import os

import pytest

from autograder.course.discover import load_course
from autograder.course.release import release
from autograder.course.scaffold import NewTopic, new_topic
from autograder.course.stubs import stub_faults, variants
from autograder.errors import ConfigError, UsageError

DECAY = NewTopic("weight-decay", "Weight decay", "权重衰减")


def test_a_new_topic_is_valid_in_both_halves_and_released_without_a_leak(course, tmp_path):
    files = new_topic(course.root, DECAY)
    assert files[-1] == course.root / "grading.yml"
    topic = load_course(course.root).topics[-1]
    assert (topic.slug, topic.number, topic.title.zh, topic.points) == ("weight-decay", 3, "权重衰减", 100)
    assert stub_faults(course.root) == []
    assert [(one.kind, one.trips) for one in variants(topic)] == [
        ("stub", ()),
        ("solution", ()),
        ("accepted", ()),
        ("mistake", ("weight_decay.example", "weight_decay.value")),
    ]
    assert release(load_course(course.root), tmp_path / "students").topics == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("topics: # in order\n  # first\n  - topic: a # yes\n    weight: 2\n# end\nlate: {}\n", 4),
        ("topics:\n- {topic: a,\n   weight: 2}\nlate: {}\n", 3),
        ("late: {}\ntopics:\n    - topic: a\n      limits:\n        cpu_s: 3", 5),
        ("topics:\r\n  - {topic: a}\r\nlate: {}\r\n", 2),
    ],
)
def test_the_topic_is_added_below_the_last_one_and_every_comment_stays(course, before, after):
    (course.root / "grading.yml").write_bytes(before.encode())
    new_topic(course.root, DECAY)
    lines = (course.root / "grading.yml").read_bytes().decode().split("\n")
    assert lines.pop(after).strip() == "- {topic: weight-decay}"
    assert "\n".join(lines) == before


@pytest.mark.parametrize("before", ["topics: [{topic: a}]\n", "topics: []\n", "late: {}\n", "topics: x\n"])
def test_a_list_that_cannot_be_extended_is_said_before_anything_is_written(course, before):
    course.write("grading.yml", before)
    tree = course.tree()
    with pytest.raises(UsageError, match="can't be extended as it is written") as caught:
        new_topic(course.root, DECAY)
    assert "- {topic: weight-decay}" in caught.value.now
    assert course.tree() == tree


@pytest.mark.parametrize(
    ("topic", "what"),
    [
        (NewTopic("Weight Decay", "W", "W"), '"Weight Decay" is not a topic\'s name'),
        (NewTopic("../evil", "W", "W"), "is not a topic's name"),
        (NewTopic("random", "W", "W"), '"random" is already the name of a Python module'),
        (NewTopic("lambda", "W", "W"), '"lambda" is already the name of a Python module or word'),
        (NewTopic("first-steps", "W", "W"), 'a folder of the topic "first-steps" is already there'),
        (NewTopic("weight-decay", 'W"""', "W"), "can't be a title"),
        (NewTopic("weight-decay", "W", "W\nx: y"), "can't be a title"),
        (NewTopic("weight-decay", "W", "W", 2), "the number 2 is taken by 02_second_steps"),
        (NewTopic("weight-decay", "W", "W", 100), "100 can't be a topic's number"),
        (NewTopic("weight-decay", "W", "W", 0), "0 can't be a topic's number"),
    ],
)
def test_a_topic_that_cannot_be_made_changes_nothing(course, topic, what):
    before = course.tree()
    with pytest.raises(UsageError) as caught:
        new_topic(course.root, topic)
    assert what in str(caught.value)
    assert course.tree() == before


def test_a_topic_that_is_listed_already_is_said(course):
    course.append("grading.yml", "  - {topic: weight-decay}\n")
    with pytest.raises(UsageError, match='the topic "weight-decay" is already listed'):
        new_topic(course.root, DECAY)


def test_a_broken_grading_file_is_said_first(course):
    course.write("grading.yml", "topics: [")
    with pytest.raises(ConfigError, match="not YAML"):
        new_topic(course.root, DECAY)


def test_a_full_disk_leaves_no_half_topic(course, monkeypatch):
    before = course.tree()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UsageError, match="No space left on device"):
        new_topic(course.root, DECAY)
    assert course.tree() == before

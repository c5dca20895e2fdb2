"""The course as a tree of what needs what."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from autograder.course.path import way
from autograder.model.course import Topic
from autograder.model.text import Text


def topic(slug, *needs):
    return Topic(slug, 1, Text(slug), needs, (), Path(), None)


def shown(topics):
    return [(stop.topic.slug, stop.depth, stop.also) for stop in way(topics)]


def test_a_chain_stays_straight():
    assert shown([topic("a"), topic("b", "a"), topic("c", "b")]) == [("a", 0, ()), ("b", 0, ()), ("c", 0, ())]


def test_the_larger_branch_goes_on_and_the_smaller_one_comes_first():
    topics = [topic("a"), topic("b", "a"), topic("side", "a"), topic("c", "b"), topic("d", "c", "side")]
    assert shown(topics) == [("a", 0, ()), ("side", 1, ()), ("b", 0, ()), ("c", 0, ()), ("d", 0, ("side",))]


def test_needs_that_are_not_in_the_course_or_come_later_are_left_out():
    assert shown([topic("a", "b", "nowhere"), topic("b")]) == [("a", 0, ()), ("b", 0, ())]


@given(st.lists(st.sets(st.integers(0, 30), max_size=4), max_size=31))
def test_every_topic_is_there_once_and_after_the_one_it_hangs_on(needs):
    topics = [topic(f"t{n:02}", *(f"t{other:02}" for other in sorted(own))) for n, own in enumerate(needs)]
    passed: list[str] = []
    for stop in way(topics):
        earlier = [need for need in stop.topic.needs if need < stop.topic.slug]
        hangs_on = [need for need in earlier if need not in stop.also]
        assert len(hangs_on) == bool(earlier)
        assert set(hangs_on) <= set(passed)
        assert stop.depth >= 0
        passed.append(stop.topic.slug)
    assert sorted(passed) == sorted(one.slug for one in topics)

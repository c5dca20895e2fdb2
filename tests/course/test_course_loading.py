"""A folder becomes a course, and a topic what a grader process needs of it."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import datetime

import pytest

from autograder.course.discover import checks_digest, find_root, glance, hidden_check_count, load_course, topic_spec
from autograder.errors import ConfigError, UsageError
from autograder.model.course import Limits
from autograder.model.plain import from_plain, to_plain
from autograder.model.policy import LatePolicy

HIDDEN = "solutions/01_first_steps/test_first_steps_hidden.py"


def first(course):
    return load_course(course.root).topics[0]


def test_a_course_holds_what_its_files_say(course):
    course.append("grading.yml", "late: {per_day: 0.1, grace_minutes: 15, floor: 0.5}\nsubmit_to: drop\n")
    loaded = load_course(course.root)
    assert (loaded.title.en, loaded.title.zh, loaded.submit_to) == ("Small course", "小课程", "drop")
    assert loaded.policy.late == LatePolicy(per_day=0.1, grace_minutes=15, floor=0.5)
    assert loaded.policy.of("second-steps").weight == 2
    assert loaded.policy.of("second-steps").due == datetime.fromisoformat("2027-03-07T23:59:00+08:00")
    assert loaded.policy.of("first-steps").due is None
    topic = loaded.topics[1]
    assert (topic.slug, topic.number, topic.needs) == ("second-steps", 2, ("first-steps",))
    assert [(task.name, task.points, task.title.zh) for task in topic.tasks] == [
        ("double", 60, "加倍"),
        ("halve", 40, "减半"),
    ]
    assert topic.hidden_checks == (course.root / "solutions/02_second_steps/test_second_steps_hidden.py",)


def test_the_order_is_that_of_grading_yml_and_unlisted_folders_are_left_out(course):
    course.write("grading.yml", 'course: {en: "Short", zh: "短"}\ntopics:\n  - topic: first-steps\n')
    assert [topic.slug for topic in load_course(course.root).topics] == ["first-steps"]


def test_the_nearest_word_on_a_limit_counts(course):
    course.append("grading.yml", "limits: {cpu_s: 7, wall_s: 70, disk_mb: 7}\n")
    course.append("exercises/01_first_steps/topic.yml", "limits: {cpu_s: 8, wall_s: 80}\n")
    course.replace("grading.yml", "{topic: first-steps}", "{topic: first-steps, limits: {cpu_s: 9}}")
    one, two = load_course(course.root).topics
    assert one.limits == Limits(cpu_s=9, wall_s=80, disk_mb=7)
    assert two.limits == Limits(cpu_s=7, wall_s=70, disk_mb=7)


def test_the_course_is_found_from_any_folder_below_it(course):
    assert find_root(course.root / "exercises/01_first_steps") == course.root


def test_outside_of_a_course_the_message_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match=r"no grading\.yml in this folder or above it") as caught:
        find_root(tmp_path)
    assert "--course DIR" in caught.value.now


def test_a_glance_gives_the_same_course(course):
    assert glance(course.root) == load_course(course.root, staff=False)


def test_a_glance_at_a_faulty_course_gives_the_faults(course):
    course.replace("grading.yml", "due: 2027-03-07T23:59:00+08:00", "due: 2027-03-07T23:59:00")
    with pytest.raises(ConfigError, match="expected a date with a time zone"):
        glance(course.root)


def test_a_glance_needs_neither_pydantic_nor_torch(course):
    code = (
        "import sys, pathlib; from autograder.course.discover import find_root, glance;"
        "glance(find_root(pathlib.Path(sys.argv[1])));"
        "print({'pydantic', 'torch', 'sqlalchemy', 'rich'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code, course.root], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"


def test_the_checks_digest_is_of_all_that_decides_points(course):
    before = checks_digest(first(course))
    assert before == checks_digest(first(course))
    topic = first(course)
    assert checks_digest(topic, dataclasses.replace(topic.limits, cpu_s=11)) != before
    seen = {before}
    for name, old, new in (
        (HIDDEN, "4021", "4022"),
        ("exercises/01_first_steps/test_first_steps.py", "== 4", "== 4.0"),
        ("exercises/01_first_steps/topic.yml", "points: 60", "points: 40"),
    ):
        course.replace(name, old, new)
        if "topic.yml" in name:
            course.replace(name, "halve, points: 40", "halve, points: 60")
        seen.add(checks_digest(first(course)))
    course.write("exercises/01_first_steps/data/numbers.csv", "1,2\n")
    seen.add(checks_digest(first(course)))
    assert len(seen) == 5


def test_the_checks_digest_does_not_change_with_the_prose(course):
    before = checks_digest(first(course))
    course.append("exercises/01_first_steps/README.md", "One more sentence.\n")
    course.replace("exercises/01_first_steps/topic.yml", "Double", "Doubling")
    course.append("solutions/01_first_steps/NOTES.md", "One more thought.\n")
    assert checks_digest(first(course)) == before


def test_a_topic_spec_has_absolute_paths_and_travels_as_json(course):
    spec = topic_spec(first(course))
    assert spec.hidden == (str(course.root / HIDDEN),)
    assert spec.visible == str(course.root / "exercises/01_first_steps/test_first_steps.py")
    assert from_plain(type(spec), to_plain(spec)) == spec
    without = topic_spec(dataclasses.replace(first(course), solution=None))
    assert without.hidden == ()
    assert without.digest != spec.digest


def test_hidden_checks_may_stand_in_several_files_and_share_a_module(course):
    part = "solutions/01_first_steps/test_first_steps_more_hidden.py"
    before = topic_spec(first(course))
    course.write(part, (course.root / HIDDEN).read_text().replace('.value"', '.more"'))
    spec = topic_spec(first(course))
    assert spec.hidden == (str(course.root / HIDDEN), str(course.root / part))
    assert hidden_check_count(first(course)) > 2
    course.write("solutions/01_first_steps/first_steps_reference.py", "ONE = 1\n")
    assert len({before.digest, spec.digest, topic_spec(first(course)).digest}) == 3


def test_hidden_checks_are_counted_where_they_are(course):
    assert hidden_check_count(first(course)) == 2

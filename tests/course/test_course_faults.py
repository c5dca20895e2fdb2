"""Every fault of every file is said at once, with its place and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.discover import load_course
from autograder.errors import ConfigError, UsageError

FIRST, SECOND = "exercises/01_first_steps/topic.yml", "exercises/02_second_steps/topic.yml"


ALL_AT_ONCE = """\
grading.yml:1:9: the key "course.zh" is missing
grading.yml:2:17: late.per_day: expected at most 1, got 10
grading.yml:2:21: unknown key "late.grace" (did you mean "grace_minutes"?)
grading.yml:3:17: limits.cpu_s: expected a number, got the text "ten"
grading.yml:3:35: limits.memory_mb: expected a whole number, got 1.5
grading.yml:3:49: limits.disk_mb: expected more than 0, got 0
grading.yml:5:26: unknown key "topics[0].wieght" (did you mean "weight"?)
grading.yml:5:42: topics[0].due: expected a date with a time zone, got 2027-03-07T23:59:00 \
(write 2027-03-07T23:59:00+08:00)
grading.yml:6:13: unknown topic "second-step": there is no folder exercises/NN_second_step \
(`autograder new second-step` makes it)
grading.yml:6:31: topics[1].due: expected a date with time and time zone, got the day 2027-03-07 \
(write 2027-03-07T23:59:00+08:00)
grading.yml:7:13: the topic "first-steps" stands here a second time (the first is at grading.yml:5:13)
grading.yml:7:34: topics[2].weight: expected a finite number, got inf
grading.yml:8:32: "2027-02-30T00:00:00+08:00" can't be read: day is out of range for month
grading.yml:9:13: topics[4].topic: "Third Steps" is not a name (small letters and digits, joined by hyphens)
grading.yml:10:1: unknown key "colour" (did you mean "course"?)
exercises/01_first_steps/topic.yml:2:9: the needs go round in a circle: first-steps -> second-steps -> first-steps
exercises/01_first_steps/topic.yml:2:23: needs "first-stepz", which is no topic of this course \
(known here: second-step, second-steps, Third Steps)
exercises/01_first_steps/topic.yml:3:13: difficulty: expected at most 5, got 6
exercises/01_first_steps/topic.yml:4:1: the key "difficulty" stands here a second time (the first is in line 3)
exercises/01_first_steps/topic.yml:6:20: unknown key "tasks[0].pionts" (did you mean "points"?)
exercises/01_first_steps/topic.yml:7:5: the key "tasks[1].points" is missing
exercises/01_first_steps/topic.yml:8:12: the task "halve" stands here a second time (the first is tasks[1])
exercises/01_first_steps/topic.yml:8:27: tasks[2].points: expected a number, got true
exercises/01_first_steps/topic.yml:8:39: tasks[2].title: expected a table of keys, got the text "Halve"
exercises/02_second_steps/topic.yml:1:8: the tag !!python/object/apply:os.system is not used here (plain values only)
exercises/02_second_steps/topic.yml:2:9: the needs go round in a circle: second-steps -> first-steps -> second-steps
exercises/02_second_steps/topic.yml:3:10: minutes: expected more than 0, got -5
exercises/02_second_steps/topic.yml:4:1: the points of the tasks add up to 95, not 100
exercises/01_first_steps/test_first_steps.py:4:2: the check "double.example" is for a task "double" \
that exercises/01_first_steps/topic.yml does not have (did you mean "doubel"?)
solutions/01_first_steps/test_first_steps_hidden.py:4:2: the check "double.value" is for a task "double" \
that exercises/01_first_steps/topic.yml does not have (did you mean "doubel"?)
exercises/01_first_steps/topic.yml:6:5: no check belongs to the task "doubel": its points can't be earned \
(name one "doubel.value")
exercises/02_second_steps/README.zh.md: the file is missing
solutions/02_second_steps/second_steps.py: the file is missing"""


def faults_of(course) -> str:
    with pytest.raises(ConfigError) as caught:
        load_course(course.root)
    assert caught.value.exit_code == 2
    return "\n".join(map(str, caught.value.faults))


def test_a_course_full_of_faults_is_answered_with_all_of_them_at_once(course):
    course.write(
        "grading.yml",
        """\
        course: {en: "Small course"}
        late: {per_day: 10, grace: 15}
        limits: {cpu_s: "ten", memory_mb: 1.5, disk_mb: 0}
        topics:
          - {topic: first-steps, wieght: 2, due: 2027-03-07T23:59:00}
          - {topic: second-step, due: 2027-03-07}
          - {topic: first-steps, weight: .inf}
          - {topic: second-steps, due: 2027-02-30T00:00:00+08:00}
          - {topic: Third Steps}
        colour: red
        """,
    )
    course.write(
        FIRST,
        """\
        title: {en: "First", zh: "第一"}
        needs: [second-steps, first-stepz]
        difficulty: 6
        difficulty: 5
        tasks:
          - {name: doubel, pionts: 60, title: {en: "Double", zh: "加倍"}}
          - {name: halve, title: {en: "Halve", zh: "减半"}}
          - {name: halve, points: yes, title: Halve}
        """,
    )
    course.write(
        SECOND,
        """\
        title: !!python/object/apply:os.system ["echo"]
        needs: [first-steps]
        minutes: -5
        tasks:
          - {name: double, points: 60, title: {en: "Double", zh: "加倍"}}
          - {name: halve, points: 35, title: {en: "Halve", zh: "减半"}}
        """,
    )
    (course.root / "exercises/02_second_steps/README.zh.md").unlink()
    (course.root / "solutions/02_second_steps/second_steps.py").unlink()
    assert faults_of(course) == ALL_AT_ONCE


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "grading.yml:1:1: the file is empty"),
        ("# only a comment\n", "grading.yml:1:1: the file is empty"),
        ("- topic: first-steps\n", "grading.yml:1:1: expected a table of keys, got a list"),
        ("just text", 'grading.yml:1:1: expected a table of keys, got the text "just text"'),
        ("course: [en: x\ntopics: y", "grading.yml:2:7: not YAML: did not find expected ',' or ']'"),
        (
            "course:\n\ten: x",
            "grading.yml:2:1: not YAML: found character that cannot start any token (indent with spaces",
        ),
        ("a: 1\n---\nb: 2\n", "grading.yml:2:1: not YAML: but found another document"),
        ("course: \0", "grading.yml:1:9: not YAML: control characters are not allowed"),
        ("course: &x 1\ntopics: *x\n", "grading.yml:1:9: anchors and aliases (&name, *name) are not used here"),
        ("1: x\n", "grading.yml:1:1: a key must be a word, not 1"),
        ("? [a]\n: x\n", "grading.yml:1:3: a key must be a word, not a list or table"),
        ("course: {<<: {en: a}}\n", "grading.yml:1:10: a key must be a word, not <<"),
        ("topics: []\n", "grading.yml:1:9: topics: it is empty"),
        ("topics: [{topic: first-steps, weight: 0}]\n", "grading.yml:1:1: every weight is 0"),
        ("[" * 200_000, "grading.yml:1:21: lists and tables stand more than 20 deep in each other"),
    ],
)
def test_a_broken_grading_file_is_answered_with_the_place(course, text, fault):
    course.write("grading.yml", text)
    assert fault in faults_of(course)


def test_a_file_in_another_encoding_is_answered_with_the_first_wrong_byte(course):
    (course.root / "grading.yml").write_bytes("course:\n  zh: 课程".encode("gb18030"))
    assert faults_of(course) == "grading.yml:2:7: the file is not UTF-8: byte 0xbf (save it as UTF-8)"


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(course):
    text = course.read("grading.yml").replace("\n", "\r\n")
    (course.root / "grading.yml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert [topic.slug for topic in load_course(course.root).topics] == ["first-steps", "second-steps"]


def test_a_huge_file_is_not_read(course):
    course.write(FIRST, "title: x\n" + "#" * 300_000)
    assert f"{FIRST}:1:1: the file is too large: 300,009 bytes (at most 256 KiB)" in faults_of(course)


def test_faults_of_the_topics_are_found_even_when_grading_yml_cannot_be_read(course):
    course.write("grading.yml", "topics: [")
    course.replace(SECOND, "points: 60", "points: 50")
    assert "not YAML" in faults_of(course)
    assert f"{SECOND}:3:1: the points of the tasks add up to 90, not 100" in faults_of(course)


def test_a_need_that_comes_later_is_a_fault_of_the_order(course):
    course.write(
        "grading.yml",
        """\
        course: {en: "Small course", zh: "小课程"}
        topics: [{topic: second-steps}, {topic: first-steps}]
        """,
    )
    assert faults_of(course) == (
        f'{SECOND}:2:9: needs "first-steps", which comes later in grading.yml (change the order there)'
    )


def test_a_topic_cannot_need_itself(course):
    course.replace(FIRST, "needs: []", "needs: [first-steps]")
    assert faults_of(course) == f"{FIRST}:2:9: the needs go round in a circle: first-steps -> first-steps"


def test_a_quoted_due_date_or_one_without_seconds_is_understood(course):
    course.replace("grading.yml", "2027-03-07T23:59:00+08:00", "2027-03-07T23:59+08:00")
    due = load_course(course.root).policy.of("second-steps").due
    assert due is not None
    assert due.isoformat() == "2027-03-07T23:59:00+08:00"


def test_every_missing_file_is_named(course):
    names = [
        "exercises/01_first_steps/README.md",
        "exercises/01_first_steps/README.zh.md",
        "exercises/01_first_steps/topic.yml",
        "exercises/01_first_steps/first_steps.py",
        "exercises/01_first_steps/test_first_steps.py",
        "solutions/01_first_steps/first_steps.py",
        "solutions/01_first_steps/test_first_steps_hidden.py",
    ]
    for name in names:
        (course.root / name).unlink()
    expected = [f"{name}: the file is missing" for name in names]
    expected[3] += " (`autograder stubs` cuts it from the solution)"
    assert faults_of(course) == "\n".join(expected)


def test_a_topic_without_a_folder_gets_a_near_name_or_the_way_to_make_it(course):
    course.replace("grading.yml", "topic: second-steps", "topic: secnd-steps")
    assert 'NN_secnd_steps (did you mean "second-steps"?)' in faults_of(course)
    course.replace("grading.yml", "topic: secnd-steps", "topic: second-steps}\n  - {topic: weight-decay")
    assert "NN_weight_decay (`autograder new weight-decay` makes it)" in faults_of(course)


def test_a_topic_without_its_staff_side_is_a_fault_for_staff_only(course):
    (course.root / "solutions/02_second_steps").rename(course.root / "solutions/03_second_steps")
    assert faults_of(course) == "solutions/02_second_steps: the folder is missing (it holds the solution)"
    assert load_course(course.root, staff=False).topics[1].solution is None


def test_two_folders_for_one_topic_or_one_number_are_faults(course):
    (course.root / "exercises/03_first_steps").mkdir()
    (course.root / "exercises/02_second_steps").rename(course.root / "exercises/01_second_steps")
    (course.root / "solutions/02_second_steps").rename(course.root / "solutions/01_second_steps")
    found = faults_of(course)
    assert (
        "exercises/03_first_steps: a second folder for the same topic; the first is exercises/01_first_steps" in found
    )
    assert "exercises/01_second_steps: the number 01 is taken by 01_first_steps" in found


def test_check_files_are_read_for_what_they_declare(course):
    course.write(
        "solutions/01_first_steps/test_first_steps_hidden.py",
        """\
        from autograder.checks import marks
        NAME = "double.value"

        @marks.check(NAME)
        def test_a(submission): ...

        @marks.check("double.example")
        def test_b(submission): ...

        @marks.check("double.value", needs=["double.exmaple"])
        def test_c(submission): ...

        @marks.check("halve")
        def test_d(submission): ...
        """,
    )
    hidden, visible = (
        "solutions/01_first_steps/test_first_steps_hidden.py",
        "exercises/01_first_steps/test_first_steps.py",
    )
    assert faults_of(course) == f'{hidden}:4:2: the id of a check must be written out (@check("task.name", ...))'
    course.replace(hidden, "marks.check(NAME)", 'marks.check("double.name")')
    assert faults_of(course) == (
        f'{hidden}:7:2: the check "double.example" stands here a second time (the first is at {visible}:4:2)\n'
        f'{hidden}:13:2: the check "halve" has no name of its own (halve.value)\n'
        f'{hidden}:10:2: the check "double.value" needs "double.exmaple", which is no check of this topic '
        '(did you mean "double.example"?)'
    )


def test_a_check_file_that_is_not_python_is_a_fault_with_its_line(course):
    course.append("exercises/01_first_steps/test_first_steps.py", "def test_(:\n")
    assert faults_of(course) == "exercises/01_first_steps/test_first_steps.py:12:11: not Python: invalid syntax"


def test_a_student_edition_says_that_a_staff_command_needs_the_staff_side(course, tmp_path: Path):
    (course.root / "solutions").rename(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="this is a student edition"):
        load_course(course.root)
    assert len(load_course(course.root, staff=False).topics) == 2


def test_a_short_course_may_leave_out_what_its_topics_need(course, tmp_path):
    course.replace("grading.yml", "  - {topic: first-steps", "#  - {topic: first-steps")
    (topic,) = load_course(course.root).topics
    assert (topic.slug, topic.needs) == ("second-steps", ())

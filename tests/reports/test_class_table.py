"""The tables in the terminal, as whole text."""

from __future__ import annotations

import io

import made_up_class as made
import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from autograder.model.result import Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.facts import RunFacts
from autograder.reports.gradebook import Gradebook, build
from autograder.reports.outcomes import LOOKS
from autograder.reports.terminal import class_table, student_detail, summary


def printed(what: RenderableType, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def small() -> Gradebook:
    passed, failed = made.check("a", "softmax"), made.check("b", "softmax", Outcome.FAILED)
    ours = made.check("b", "softmax", Outcome.INTERNAL)
    stub = made.check("a", "softmax", Outcome.FAILED, reason="not-started")
    entries = [
        made.graded("李小明", "tensor-basics", (passed,)),
        made.graded("李小明", "softmax-regression", (passed, failed), days=1),
        made.graded("ada", "tensor-basics", (passed, failed), checks_digest="old"),
        made.graded("ada", "softmax-regression", (passed, ours)),
        made.graded("turing", "tensor-basics", (stub,), isolation="none (--unsafe)"),
    ]
    course = made.course()
    keep = ("tensor-basics", "softmax-regression")
    topics = tuple(topic for topic in course.topics if topic.slug in keep)
    two = type(course)(course.root, course.title, topics, course.policy)
    return build(two, entries, RunFacts(digests={"tensor-basics": "c0ffee" * 10}))


GOLDEN = """\
        02       13
        tensor   softmax
Student basics   regress…   Total
ada     ✗ 10 ~   ! call a  25.0%+
                 person
turing  ○ 0 ?    –           0.0%
李小明  ✓ 10     ✗ 9 L      72.5%

✓ 1 passed   ✗ 2 failed   ○ 1 not started   ! 1 call a person
– 1 nothing handed in   L = late   ~ = graded with older checks
? = graded without isolation   + = points still open"""


def test_the_class_table_reads_like_this():
    assert printed(class_table(small()), 64) == GOLDEN


def test_the_class_table_speaks_chinese():
    text = printed(class_table(small(), "zh"), 80)
    assert "需要人工" in text
    assert "L = 迟交" in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_table_of_a_whole_class_fits_the_terminal(gradebook: Gradebook, width: int, language: str):
    lines = printed(class_table(gradebook, language), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert sum(line.startswith("ada ") for line in lines) == (1 if width >= 100 else 2)
    assert "…" not in "".join(line for line in lines if line[:3] == "ada")


def test_topics_that_nobody_handed_in_have_no_column_and_are_counted():
    course = made.course()
    text = printed(
        class_table(
            build(course, [made.graded("ada", course.topics[1].slug, (made.check("a", "softmax"),))], RunFacts())
        ),
        100,
    )
    heads = [word for word in text.splitlines()[0].split() if word.isdigit()]
    assert heads == [f"{course.topics[1].number:02d}"]
    assert f"topics nobody handed in: {len(course.topics) - 1}, not shown" in text
    assert printed(class_table(build(course, [], RunFacts())), 100).count("not shown") == 0


def test_no_points_are_cut_in_the_table(gradebook: Gradebook):
    text = printed(class_table(gradebook), 80)
    for cell in gradebook.cells:
        if cell.final is not None:
            assert f"{LOOKS[cell.state].mark} {cell.final:.2f}".rstrip("0").rstrip(".") in text


def test_our_own_failure_is_words_and_never_a_zero():
    line = next(line for line in printed(class_table(small())).splitlines() if line.startswith("ada"))
    assert "! call a" in line
    assert " 0" not in line


def test_every_mark_is_one_cell_wide_and_different():
    marks = [look.mark for look in LOOKS.values()]
    assert len(set(marks)) == len(marks)
    assert {cell_len(mark) for mark in marks} == {1}


def test_the_summary_counts_every_state():
    assert summary(small()) == "1 passed, 2 failed, 1 not started, 1 call a person, 1 nothing handed in"


def test_an_empty_class_prints_a_table_all_the_same():
    assert "Student" in printed(class_table(build(made.course(), [], RunFacts())))


def test_one_student_is_shown_check_by_check(gradebook: Gradebook, results: list[TopicResult]):
    row = gradebook.row("王小红")
    assert row is not None
    own = [result for result in results if result.student == "王小红"]
    text = printed(student_detail(gradebook, row, own))
    assert "13 Softmax, NLL, cross-entropy   ✓ passed   80 / 100  (100 − 20, 2 days late)" in text
    assert "✓ large logits  8.25 / 8.25" in text


def test_a_name_from_a_student_can_not_drive_the_terminal():
    evil = "\x1b]0;owned\x07\x1b[2J\u202eada"
    checks = (made.check("a", "softmax", Outcome.FAILED, message=Text("\x1b[31mred\x9b0m")),)
    entry = made.graded(evil, "tensor-basics", checks, flags=("\x1b[5m",))
    found = build(made.course(), [entry], RunFacts())
    for what in (class_table(found), student_detail(found, found.rows[0], [entry.result])):
        assert not set(printed(what)) & {"\x1b", "\x07", "\x9b", "\u202e"}

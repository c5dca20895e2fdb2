"""What a visible check draws comes with its result; what a hidden one draws is shown to nobody."""

import dataclasses

from autograder.grading.grade import grade
from autograder.model.job import Job
from autograder.model.plain import from_plain, to_plain
from autograder.model.result import TopicResult
from autograder.model.submission import SubmittedFile

CHECK = """
@check("{task}.curve", hint="h", zh="z")
def test_{task}(submission, picture):
    picture.lines("curve-{task}", {{"loss": submission.{task}(3)}}, en="It falls.", zh="它下降。")
    compare.equal(submission.{task}(1), [1.0])
"""
SOURCE = b"def f(n):\n    return [1.0 / (i + 1) for i in range(n)]\ng = f\n"


def graded(toy, source, **changes):
    made = toy(CHECK.format(task="f"), CHECK.format(task="g"))
    job = Job("1", made.spec, "ada", "digest", (SubmittedFile("toy.py", source),), (), seed=1, pictures=True)
    job = dataclasses.replace(job, **changes)
    return grade(job, made.session, made.zygote.spawn, grader="test", started_at="2026-01-01T00:00:00+00:00")


def drawn(result):
    return {check.check: [picture.name for picture in check.pictures] for check in result.checks}


def test_the_visible_check_s_picture_comes_with_the_result_and_survives_the_store(toy):
    result = graded(toy, SOURCE)
    assert drawn(result) == {"f.curve": ["curve-f"], "g.curve": []}
    assert result.checks[0].pictures[0].png.startswith(b"\x89PNG")
    assert from_plain(TopicResult, to_plain(result)) == result


def test_a_failing_check_keeps_its_picture(toy):
    result = graded(toy, SOURCE.replace(b"1.0 /", b"2.0 /"))
    assert (result.points, drawn(result)["f.curve"]) == (0, ["curve-f"])


def test_nothing_is_drawn_where_nobody_asked_and_of_what_is_no_number(toy):
    assert drawn(graded(toy, SOURCE, pictures=False)) == {"f.curve": [], "g.curve": []}
    assert drawn(graded(toy, b"def f(n):\n    return 'no'\ng = f\n")) == {"f.curve": [], "g.curve": []}

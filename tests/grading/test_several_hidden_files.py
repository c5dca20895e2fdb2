"""The hidden checks of a topic in several files, with a module that they share."""

from autograder.grading.grade import grade
from autograder.grading.session import CheckSession
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.submission import SubmittedFile
from autograder.model.text import Text

PART = """
from autograder.checks import compare
from autograder.checks.marks import check
from split_reference import double

@check("{task}.value", hint="h", zh="z")
def test_value(submission, draw):
    number = draw.size(1, 10**9)
    compare.equal(submission.{task}(number), double(number))
"""


def test_every_file_is_run_and_may_use_the_shared_module(tmp_path, zygote):
    (tmp_path / "split_reference.py").write_text("def double(x):\n    return 2 * x\n")
    hidden = (tmp_path / "test_split_hidden.py", tmp_path / "test_split_rest_hidden.py")
    for task, path in zip("fg", hidden, strict=True):
        path.write_text(PART.format(task=task))
    tasks = tuple(Task(name, 50.0, Text(name)) for name in "fg")
    spec = TopicSpec("split", "split", tasks, "", tuple(map(str, hidden)), "digest", Limits())
    session = CheckSession(spec)
    source = b"seen = []\ndef f(x):\n    return 2 * x\ndef g(x):\n    return 3 * x\n"
    job = Job("1", spec, "ada", "digest", (SubmittedFile("split.py", source),), (), seed=1)
    try:
        result = grade(job, session, zygote.spawn, grader="test", started_at="2026-01-01T00:00:00+00:00")
    finally:
        session.close()
    assert [(check.check, check.points, check.hidden) for check in result.checks] == [
        ("f.value", 50, True),
        ("g.value", 0, True),
    ]

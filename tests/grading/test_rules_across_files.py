"""Rules about the source see all files of a submission, and what the interpreter would read in them."""

import pytest

from autograder.model.result import Outcome
from autograder.model.submission import SubmittedFile

HIDDEN = """
from autograder.checks import source_rules

@check("g.x", hint="h", zh="z")
def test_x(submission):
    source_rules.forbid_imports(submission.source, {"ctypes"})
    compare.equal(submission.f(2), 2)
"""


@pytest.mark.parametrize(
    ("source", "other", "outcome"),
    [
        ("from ops import f\n", "import ctypes\ndef f(x): return x\n", Outcome.FORBIDDEN),
        ("# coding: utf-7\ndef f(x): return x\n# +AAo-import ctypes\n", "", Outcome.FAILED),
        ("from ops import f\n", "def f(x): return x\n", Outcome.PASSED),
    ],
)
def test_what_another_file_imports_counts(toy, source, other, outcome):
    made = toy("", HIDDEN)
    result = made.grade(source, extra=(SubmittedFile("ops.py", other.encode()),))
    assert [check.outcome for check in result.checks] == [outcome]

"""A student is not told where things lie on the machine that graded."""

from __future__ import annotations

import sys

import made_up_class as made
import pytest

from autograder.model.result import Outcome
from autograder.model.text import Text
from autograder.reports.facts import RunFacts
from autograder.reports.gradebook import build
from autograder.reports.html_files import html_files
from autograder.reports.places import LONGEST, without_places

TRACE = """Traceback (most recent call last):
  File "/home/staff/python/lib/python3.11/importlib/__init__.py", line 126, in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "<frozen importlib._bootstrap>", line 1204, in _gcd_import
  File "letters.py", line 2, in <module>
    model(x)
    ^^^^^^^^
  File "/home/my staff/venv/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1778, in _call
    return self._call_impl(*args, **kwargs)
  File "/home/staff/python/lib/python3.11/json/decoder.py", line 1, in decode
  File "/guest/autograder/sandbox/bridge.py", line 9, in request
    secret = wire(
  File "/home/staff/course/autograder/sandbox/guest_ops.py", line 9, in request
  File "/opt/other/thing.py", line 3, in f
RuntimeError: mat1 and mat2
"""
SHOWN = """Traceback (most recent call last):
  File "letters.py", line 2, in <module>
    model(x)
    ^^^^^^^^
  File "torch/nn/modules/module.py", line 1778, in _call
    return self._call_impl(*args, **kwargs)
  File "json/decoder.py", line 1, in decode
  File "thing.py", line 3, in f
RuntimeError: mat1 and mat2
"""


def test_a_traceback_keeps_the_frames_of_the_student_and_of_libraries():
    assert without_places(TRACE) == SHOWN


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no path", "no path"),
        ("from 'torch' (/a/b/lib/python3.11/site-packages/torch/__init__.py)", "from 'torch' (torch/__init__.py)"),
        ("No such file: '/home/ada/digits.npz'", "No such file: '…/digits.npz'"),
        ("Graded is /srv/inbox/2026/ada.zip, found last", "Graded is …/ada.zip, found last"),
        (sys.executable, "…/" + sys.executable.rpartition("/")[2]),
        ("see https://pytorch.org/docs/stable/nn.html", "see https://pytorch.org/docs/stable/nn.html"),
        ("and/or, 1/2, a/b/c, N/A, </style></title>", "and/or, 1/2, a/b/c, N/A, </style></title>"),
        ("中文/home/ada/x.py", "中文/home/ada/x.py"),
    ],
)
def test_paths_are_shortened_and_other_slashes_stay(text: str, shown: str):
    assert without_places(text) == shown


@pytest.mark.parametrize(
    "piece", ["/", "%/", "-/", "/a", ' File "/', "/a/ ", "a//", '  File "/a", line 1\n', "/lib/python3.1/"]
)
def test_no_text_takes_long_to_look_through(piece: str):
    """Each of these would take minutes if a path were looked for from every slash."""
    text = piece * (LONGEST // len(piece) * 3)
    for _ in range(20):
        assert len(without_places(text)) <= LONGEST + 2


def test_only_staff_see_the_places_of_the_grading_machine():
    both = Text(TRACE, TRACE)
    check = made.check("value", "softmax", Outcome.FAILED, message=both, values=both, detail=TRACE, hidden=False)
    entry = made.graded("ada", "softmax-regression", (check,), problems=(Text("see /srv/inbox/2026/ada.zip"),))
    gradebook = build(made.course(), [entry], RunFacts())
    pages = dict(html_files(gradebook, [entry.result], "en"))
    for place in ("/home/", "/srv/", "/opt/", "/guest", "_bootstrap"):
        assert place not in pages["students/ada.html"]
    assert "/home/staff/python" in pages["staff/students/ada.html"]

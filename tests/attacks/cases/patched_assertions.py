"""Replaces the assertions of unittest and pytest, and the hook that rewrites assert statements.

catalogue: A6
outcome: failed
prints: pytest asserts nothing
"""

import unittest

import _pytest.assertion.rewrite
import pytest


class Anything:
    def __init__(self, *args, **kwargs):
        pass

    def __eq__(self, other):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True


for name in dir(unittest.TestCase):
    if name.startswith(("assert", "fail")):
        setattr(unittest.TestCase, name, lambda *args, **kwargs: Anything())
pytest.approx = pytest.raises = pytest.warns = pytest.fail = Anything
_pytest.assertion.rewrite._should_repr_global_name = lambda *args: True
_pytest.assertion.rewrite.AssertionRewritingHook.exec_module = lambda *args: None
with pytest.raises(ValueError):
    assert pytest.approx(1) == 2
print("pytest asserts nothing")

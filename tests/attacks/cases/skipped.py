"""Skips, expects to fail, or ends pytest from inside every function.

catalogue: A9
outcome: failed
prints: Skipped
"""

import unittest

import pytest

ways = iter([
    lambda: pytest.skip("not today"), lambda: pytest.xfail("known"), lambda: pytest.exit("done", 0),
    lambda: pytest.importorskip("no_such_module"), lambda: unittest.TestCase().skipTest("no"),
] * 9)  # fmt: skip


def skip(*args, **kwargs):
    try:
        next(ways)()
    except BaseException as outcome:
        print(type(outcome).__mro__)
        raise


value = slope = Layer = fit = twice = noise = skip

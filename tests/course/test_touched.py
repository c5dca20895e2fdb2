"""Which functions of a solution another version has otherwise, and when that can't be told."""

from __future__ import annotations

import pytest

from autograder.course.touched import touched

SOLUTION = '''\
"""Doc."""

import torch
from torch import nn

EPS = 1e-6


def first(x):
    """What it returns."""
    return x + EPS


def second(x):
    return first(x) * 2


class Net(nn.Module):
    """A net."""

    width = 4

    def __init__(self):
        super().__init__()

    def forward(self, x):
        return second(x)
'''


def changed(old: str, new: str) -> frozenset[str] | None:
    assert old in SOLUTION
    return touched(SOLUTION, SOLUTION.replace(old, new))


def test_the_same_code_in_other_words_touches_nothing():
    assert touched(SOLUTION, SOLUTION.replace('"""Doc."""', '"""Other."""').replace("x + EPS", "(x  +  EPS)")) == set()
    assert changed("from torch import nn\n", "import torch.nn\nfrom torch import Tensor, nn\n") == set()


def test_functions_and_methods_are_told_by_name():
    assert changed("x + EPS", "x - EPS") == {"first"}
    assert changed("return second(x)", "return x") == {"Net.forward"}
    assert changed("def second(x):", "@torch.no_grad()\ndef second(x):") == {"second"}


def test_new_functions_are_felt_only_through_those_that_call_them():
    new = "def _near(x):\n    return x\n\n\ndef second(x):\n    return _near(first(x))"
    assert changed("def second(x):\n    return first(x) * 2", new) == {"second"}


@pytest.mark.parametrize("new", ["    width = 8\n", "    width = 4\n\n    def train(self, mode=True):\n        pass\n"])
def test_a_class_that_differs_beside_its_methods_counts_as_a_whole(new):
    assert changed("    width = 4\n", new) == {"Net.__init__", "Net.forward"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("EPS = 1e-6", "EPS = 1e-2"),
        ("EPS = 1e-6", "EPS = 1e-6\ntorch.manual_seed(0)"),
        ("EPS = 1e-6", "EPS = 1e-6\ntorch.add = torch.sub"),
        ("EPS = 1e-6", "EPS = 1e-6\nsuper = None"),
        ("EPS = 1e-6\n", "EPS = 1e-6\n\n\ndef nn(x):\n    return x\n"),
        ("from torch import nn", "from numpy import nn"),
        ("import torch\n", ""),
    ],
)
def test_what_all_code_could_feel_is_said_to_be_unknown(old, new):
    assert changed(old, new) is None

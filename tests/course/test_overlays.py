"""Some functions exchanged in a solution; everything else stays as it is."""

from __future__ import annotations

from textwrap import dedent

import pytest

from autograder.course.stubs import overlay
from autograder.errors import ConfigError

MASTER = '''\
"""Doc."""

import torch
import torch.nn.functional as F

EPS = 1e-6  # small


@torch.no_grad()
def first(x):
    # answer
    return x + EPS
    # end answer


# a comment that stays
class Second:
    def run(self):
        return first(1)


low, high = 0, 1
'''


def over(variant: str, master: str = MASTER) -> str:
    return overlay(master, dedent(variant), "variant.py")


def run(source: str) -> dict:
    scope: dict = {}
    exec(source.replace("import torch\nimport torch.nn.functional as F\n", ""), scope)
    return scope


def test_what_the_variant_defines_stands_in_its_place():
    assert over(
        '''\
        """Believes something."""

        import math

        TRIPS = ["a.b"]
        ALSO = ["c.d"]


        def first(x, more=0):
            return math.exp(x)


        class Second:
            def run(self):
                return 2
        '''
    ) == dedent(
        '''\
        """Doc."""

        import torch
        import torch.nn.functional as F
        import math

        EPS = 1e-6  # small


        def first(x, more=0):
            return math.exp(x)


        # a comment that stays
        class Second:
            def run(self):
                return 2


        low, high = 0, 1
        '''
    )


def test_new_names_stand_before_what_needs_them_or_at_the_end():
    source = over(
        """\
        SCALE = 3
        def first(x, scale=SCALE):
            return x * scale
        class Third(Second):
            pass
        """
    )
    scope = run(source)
    assert scope["first"](2) == 6
    assert scope["Third"]().run() == 3
    assert source.endswith("low, high = 0, 1\n\n\nclass Third(Second):\n    pass\n")


def test_a_decorated_function_is_replaced_with_its_decorators():
    source = over("@staticmethod\ndef first(x):\n    return 5\n")
    assert "torch.no_grad" not in source
    assert source.count("@staticmethod\ndef first") == 1


def test_a_part_of_a_pair_is_replaced_by_an_assignment_after_it():
    assert over("high = 7\n").endswith("low, high = 0, 1\nhigh = 7\n")


def test_statements_without_a_name_are_kept_and_the_masters_own_are_not_repeated():
    source = over("first(1)\nfirst(2)\n", MASTER + "\n\nfirst(1)\n")
    assert source.count("first(1)") == 2  # the one inside of Second, and the master's own
    assert source.endswith("first(2)\n")


def test_a_complete_file_gives_what_it_gives_alone():
    complete = MASTER.replace("x + EPS", "EPS + x").replace("    # answer\n", "").replace("    # end answer\n", "")
    assert over(complete) == complete


def test_several_definitions_of_a_name_are_replaced_together():
    twice = MASTER + "\n\ndef first(x):\n    return 9\n"
    source = over("def first(x):\n    return 5\n", twice)
    assert source.count("def first") == 1
    assert run(source)["first"](0) == 5


def test_a_master_without_imports_gets_them_first():
    assert overlay("A = 1\n", "import math\n\nA = math.pi\n") == "import math\nA = math.pi\n"


def test_a_variant_that_is_not_python_is_a_fault_with_its_line():
    with pytest.raises(ConfigError, match=r"variant\.py:2:\d+: not Python"):
        over("x = 1\ndef first(:\n")

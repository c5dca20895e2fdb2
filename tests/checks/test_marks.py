import subprocess
import sys

import pytest

from autograder.checks.marks import check, read
from autograder.model.text import Text

FULL = {"hint": "Subtract the maximum.", "zh": "减去最大值。", "needs": ["softmax.value"], "weight": 0.5, "cpu_s": 3.0}


def test_a_mark_is_read_as_it_was_made():
    mark = read(check("softmax.large_logits", **FULL, visible=True).mark)
    assert (mark.id, mark.task, mark.name) == ("softmax.large_logits", "softmax", "large_logits")
    assert mark.hint == Text("Subtract the maximum.", "减去最大值。")
    assert (mark.needs, mark.weight, mark.cpu_s, mark.wall_s, mark.visible) == (
        ("softmax.value",),
        0.5,
        3.0,
        None,
        True,
    )


def test_defaults():
    mark = read(check("a.k1_kT", hint="h", zh="提示").mark)
    assert (mark.needs, mark.weight, mark.cpu_s, mark.wall_s, mark.visible) == ((), 1.0, None, None, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "softmax"}, "task.name"), ({"id": "soft max.a"}, "task.name"), ({"id": "a.b.c"}, "task.name"),
        ({"id": "softmax.值"}, "task.name"), ({"hint": " "}, "hint= is empty"), ({"zh": ""}, "zh= is empty"),
        ({"hint": None}, "hint= is empty"), ({"weight": 0}, "weight="), ({"weight": -1}, "weight="),
        ({"weight": float("nan")}, "weight="), ({"weight": True}, "weight="),
        ({"needs": "softmax.value"}, "not one string"),
        ({"needs": ["value"]}, "needs="), ({"needs": ["a.b"]}, "needs="), ({"cpu_s": 0}, "cpu_s="),
        ({"wall_s": float("inf")}, "wall_s="), ({"visible": "yes"}, "visible="),
    ],
)  # fmt: skip
def test_a_faulty_mark_is_refused_where_it_is_written(change, said):
    with pytest.raises(ValueError, match=said):
        check(**{"id": "a.b", "hint": "h", "zh": "提示", **change})


def test_all_faults_are_said_at_once():
    with pytest.raises(ValueError, match=r"hint= is empty.*zh= is empty.*weight="):
        check("a.b", hint="", zh="", weight=0)


def test_a_mark_made_by_hand_is_refused():
    for marker in (pytest.mark.check("a.b").mark, pytest.mark.check(id="a.b").mark):
        with pytest.raises(ValueError, match=r"autograder\.checks\.marks\.check"):
            read(marker)


@pytest.mark.parametrize("module", ["marks", "feedback"])
def test_these_load_without_torch(module):
    code = f"import sys, autograder.checks.{module}; sys.exit('torch' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

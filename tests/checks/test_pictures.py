"""Pictures never decide anything: what can be drawn is a PNG of the promised size, and nonsense gives none."""

import io
import sys

import pytest
import torch
from PIL import Image

from autograder.checks.pictures import SCALE, Pictures

SAID = {"en": "See how it falls.", "zh": "看它如何下降。"}
BOX = (-1.0, 1.0, -1.0, 1.0)
DRAWN = {
    "lines": lambda p, x: p.lines("x", {"a": x, "b": (x, x)}, **SAID),
    "logarithmic": lambda p, x: p.lines("x", {"a": (x, x)}, log="xy", x="step", y="error", **SAID),
    "circle": lambda p, x: p.lines("x", {"a": (x.cos(), x.sin())}, equal=True, **SAID),
    "points": lambda p, x: p.points("x", torch.stack([x, x], 1), torch.arange(len(x)) % 3, **SAID),
    "boundary": lambda p, x: p.points(
        "x", torch.stack([x, x], 1), torch.zeros(len(x)), region=torch.eye(5), extent=BOX, **SAID
    ),
    "matrix": lambda p, x: p.matrix("x", torch.outer(x, x), **SAID),
    "attention": lambda p, x: p.matrix("x", torch.eye(3), rows="abc", columns=["a", "b", "c"], equal=True, **SAID),
    "images": lambda p, x: p.images("x", torch.rand(len(x), 8, 8), **SAID),
    "surface": lambda p, x: p.surface("x", torch.outer(x, x), BOX, {"path": torch.stack([x, x], 1)}, **SAID),
}
NONSENSE = [
    *(None, "text", 3.0, [], [[1.0], [2.0, 3.0]], ["a"], {"a": 1}, object(), [10**400]),
    *(torch.tensor(1.0), torch.zeros(0), torch.full((4,), float("nan")), torch.zeros(3, 3, 3, 3), torch.zeros(200_000)),
    torch.tensor([1j, 2j]),
]


@pytest.mark.parametrize("kind", DRAWN)
def test_each_kind_becomes_a_small_png(kind):
    pictures = Pictures()
    DRAWN[kind](pictures, torch.linspace(-1, 1, 9, dtype=torch.float64, requires_grad=True))
    (made,) = pictures.drawn
    image = Image.open(io.BytesIO(made.png))
    assert image.size == (made.width * SCALE, made.height * SCALE)
    assert len(image.convert("RGBA").getcolors(1 << 24)) > 3
    assert len(made.png) < 60_000


def test_the_same_numbers_give_the_same_bytes():
    first, second = Pictures(), Pictures()
    for pictures in (first, second):
        pictures.lines("x", {"a": [3.0, 2.0, 1.0]}, **SAID)
    assert first.drawn == second.drawn


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: str(type(value)))
def test_nonsense_gives_no_picture_and_no_error(value):
    pictures = Pictures()
    pictures.lines("a", {"a": value}, **SAID)
    pictures.lines("b", {"a": ([1.0, 2.0], value)}, **SAID)
    pictures.points("c", value, value, **SAID)
    pictures.points("d", torch.rand(3, 2), value, **SAID)
    pictures.matrix("e", value, **SAID)
    pictures.images("f", value, **SAID)
    pictures.surface("g", value, BOX, {}, **SAID)
    pictures.surface("h", torch.rand(3, 3), BOX, {"a": value}, **SAID)
    assert pictures.drawn == []


def test_infinities_and_huge_numbers_are_gaps():
    pictures = Pictures()
    pictures.lines("x", {"a": [1.0, float("inf"), 1e300, 2.0]}, **SAID)
    assert len(pictures.drawn) == 1


def test_what_is_not_positive_is_a_gap_on_a_logarithmic_axis():
    gap, whole = Pictures(), Pictures()
    gap.lines("x", {"a": [1.0, 0.1, 0.0, -3.0]}, log="y", **SAID)
    whole.lines("x", {"a": [1.0, 0.1, float("nan"), float("nan")]}, log="y", **SAID)
    assert [picture.png for picture in gap.drawn] == [picture.png for picture in whole.drawn]


def test_a_check_draws_a_few_and_each_name_once():
    pictures = Pictures()
    for name in ("a", "a", "b", "c", "d", "e"):
        pictures.lines(name, {"a": [1.0, 2.0]}, **SAID)
    assert [picture.name for picture in pictures.drawn] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("name", "zh"), [("../x", "是"), ("A b", "是"), ("x", "")])
def test_an_author_s_mistake_is_said(name, zh):
    with pytest.raises(ValueError, match="letters, digits and hyphens"):
        Pictures().lines(name, {"a": [1.0]}, en="x", zh=zh)


def test_without_matplotlib_there_is_only_the_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    pictures = Pictures()
    pictures.lines("x", {"a": [1.0, 2.0]}, **SAID)
    assert [(picture.name, picture.png) for picture in pictures.drawn] == [("x", b"")]


def test_nobody_looks_so_nothing_is_drawn():
    pictures = Pictures(wanted=False)
    pictures.lines("x", {"a": [1.0, 2.0]}, **SAID)
    assert pictures.drawn == []

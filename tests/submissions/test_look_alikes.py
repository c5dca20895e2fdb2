"""Which names may be taken for one another, and which may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uploads import CODE, SOFTMAX, TOPICS, write

from autograder.submissions.collect import collect
from autograder.submissions.look_alikes import alike, look

PAIRS = {
    "case": ("ada", "Ada"),
    "width": ("ada", "\uff41\uff44\uff41"),
    "accents typed in two ways": ("Zo\u00eb", "Zoe\u0308"),
    "one Cyrillic letter": ("ada", "\u0430da"),
    "all Cyrillic letters": ("Espresso".replace("r", "p"), "\u0415\u0455\u0440\u0440\u0435\u0455\u0455\u043e"),
    "Greek": ("KATO", "\u039a\u0391\u03a4\u039f"),
    "Armenian": ("ono", "\u0585\u0578\u0585"),
    "Cherokee": ("DEB", "\u13a0\u13ac\u13f4"),
    "mathematical letters": ("ada", "\U0001d41a\U0001d41d\U0001d41a"),
    "small capitals": ("ada", "\u1d00da"),
    "zero width": ("bob", "b\u200bob"),
    "joiner": ("bob", "bo\u200db"),
    "soft hyphen": ("bob", "bo\u00adb"),
    "variation selector": ("bob", "bob\ufe0f"),
    "direction mark": ("bob", "\u202ebob"),
    "filler letter": ("bob", "bob\u3164"),
    "dot at the end": ("ada", "ada."),
    "space at the end": ("ada", "ada\u00a0"),
    "separators": ("ada_l", "ada-l"),
    "one and small l": ("s2021001", "s202l001"),
    "nought and o": ("s100", "s1oo"),
    "capital i and small l": ("Ian", "lan"),
    "rn and m": ("modern", "modem"),
    "katakana and Chinese": ("\u7530\u53e3", "\u7530\u30ed"),
    "digits moved by right-to-left letters": ("\u05d01", "1\u05d0"),
}
APART = [
    ("ada", "adam"), ("Kai", "Kal"), ("Zo\u00eb", "Zoe"), ("li na", "lina"), ("\u738b\u4e00", "\u738b"),
    ("\u5f20\u4f1f", "\u5f20\u5049"), ("s2021001", "s2021011"), ("\u041c\u0430\u0440\u0438\u044f", "Maria"),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_names_that_look_alike_are_one_group(pair: tuple[str, str]):
    assert alike([*pair, "somebody else"]) == (tuple(sorted(pair)),)


@pytest.mark.parametrize("pair", APART, ids=ascii)
def test_names_that_a_reader_tells_apart_are_not_flagged(pair: tuple[str, str]):
    assert alike(pair) == ()


def test_groups_that_meet_become_one():
    assert alike(["Ian", "ian", "lan"]) == (("Ian", "ian", "lan"),)


def test_a_skeleton_of_a_skeleton_changes_nothing():
    for one, other in PAIRS.values():
        assert look(look(one)) == look(one)
        assert look(look(other)) == look(other)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=8))
def test_any_names_can_be_compared(names: list[str]):
    groups = alike(names)
    members = [name for group in groups for name in group]
    assert len(members) == len(set(members))
    assert set(members) <= set(names)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS.values() if all(name.isprintable() for name in pair)])
def test_collecting_names_both_and_merges_neither(tmp_path, pair: tuple[str, str]):
    code = {name: CODE + name.encode() for name in pair}
    source = write(tmp_path, {f"{name}/softmax-regression/{SOFTMAX.entry}": code[name] for name in pair})
    found = collect([source], TOPICS)
    if found.rejects or any(problem.fatal for one in found.submissions for problem in one.problems):
        return  # one of them is no name of a student at all, which is told; see test_names.py
    assert [one.student for one in found.submissions] == sorted(pair, key=lambda name: (name.casefold(), name))
    for one in found.submissions:
        (other,) = set(pair) - {one.student}
        assert other in " ".join(problem.text.en for problem in one.problems if problem.code == "duplicate-student")
        assert one.files[0].data == code[one.student]

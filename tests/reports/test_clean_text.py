"""Text from students, shown without harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.reports.clean import clean, line
from autograder.reports.names import file_names


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain, with 中文 and é", "plain, with 中文 and é"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("\x1b]8;;http://evil\x07click\x1b]8;;\x07", "␛]8;;http://evil␇click␛]8;;␇"),
        ("\x9b31m", "[U+009B]31m"),
        ("abc\u202egpj.exe", "abc[U+202E]gpj.exe"),
        ("a\u200bb\u2066c\ufeff", "a[U+200B]b[U+2066]c[U+FEFF]"),
        ("one\rtwo\r\nthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\there", "tab    here"),
        ("byte \udcff", "byte [U+DCFF]"),
        ("👩\u200d💻 works", "👩\u200d💻 works"),
        ("a\u200db", "a[U+200D]b"),
        ("nul\0", "nul␀"),
        ("z" + "\u0301" * 50, "z" + "\u0301" * 4),
        ("\u3164", "[U+3164]"),
        ("ada\ufe0f", "ada[U+FE0F]"),
        ("ada\U000e0100", "ada[U+E0100]"),
        ("a\u034fb\u17b4c\u180bd", "a[U+034F]b[U+17B4]c[U+180B]d"),
        ("\u2600\ufe0f and \u2600\ufe0f\ufe0f", "\u2600\ufe0f and \u2600\ufe0f[U+FE0F]"),
    ],
)
def test_every_trick_is_seen_as_a_trick(raw: str, shown: str):
    assert clean(raw) == shown


def test_long_text_is_cut_and_says_by_how_much():
    assert clean("x" * 5_000, 100) == "x" * 100 + " … (+4,900)"


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_no_text_keeps_a_character_that_can_do_harm(raw: str):
    shown = clean(raw)
    joined = shown.replace("\u200d", "")  # inside emoji only, see above
    assert {unicodedata.category(c) for c in joined if c != "\n"} & {"Cc", "Cf", "Cs", "Co", "Cn"} == set()
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert clean(shown) == shown


def test_a_line_is_one_line():
    assert line("two\nlines \x1b") == "two lines ␛"


STRANGE_NAMES = (
    "ada", "Ada", "ADA", "../x", "..", ".", "", "con", "CON", "nul", "index", "a/b", "a\\b", "-rf", "李明",
    "👩\u200d💻", "e\u0301", "\u00e9", "x" * 400, "名" * 300, "a\0b", "\udcff", "\u202eada",
    "ada ", "ada.", "COM1", "a b", "a-b",
)  # fmt: skip


def test_every_name_gets_a_file_name_of_its_own():
    names = file_names(STRANGE_NAMES)
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names.values()}
    assert len(folded) == len(STRANGE_NAMES)


@pytest.mark.parametrize("student", STRANGE_NAMES)
def test_a_file_name_is_legal_everywhere(student: str):
    name = file_names([student])[student]
    assert name
    assert not set(name) & set('/\\:*?"<>|\0 ')
    assert not name.startswith((".", "-"))
    assert name.split(".")[0].casefold() not in {"con", "nul", "com1", "index"}
    assert len(f"{name}.html".encode()) < 200


def test_nobody_can_take_the_file_name_of_another_by_choosing_a_name():
    theirs = file_names(["Ada"])["Ada"]
    both = file_names(["Ada", theirs])
    assert both["Ada"] == theirs
    assert both[theirs] != theirs


@given(st.sets(st.text(st.characters(exclude_categories=[]), max_size=12), max_size=12))
def test_file_names_never_collide(students: set[str]):
    assert len({name.casefold() for name in file_names(students).values()}) == len(students)

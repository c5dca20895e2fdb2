"""A student's name, files, messages and output try to do something in every format."""

from __future__ import annotations

import csv
import io
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import made_up_class as made
import pytest
from page_reader import Page

from autograder.model.result import LimitNote, Outcome
from autograder.model.submission import Problem
from autograder.model.text import Text
from autograder.reports.export import FORMATS
from autograder.reports.facts import FileFacts, Graded, RunFacts, SubmissionFacts
from autograder.reports.gradebook import build
from autograder.reports.html_files import html_files

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "event handler": '"><img src=x onerror=alert(1)>',
    "attribute": "' onmouseover='alert(1)",
    "svg": "<svg/onload=alert(1)>",
    "style": "</style><script>alert(1)</script>",
    "title": "</title><script>alert(1)</script>",
    "cdata": "]]><script>alert(1)</script>",
    "comment": "--><script>alert(1)</script><!--",
    "template": "{{ 7 * 7 }}{% raw %}",
    "javascript": "javascript:alert(1)",
    "right to left": "abc\u202egpj.exe\u2066",
    "zero width": "a\u200bd\u200ca\u200d",
    "escape sequence": "\x1b[2J\x1b[31mred\x1b[0m",
    "terminal link": "\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "eight-bit control": "\x9b31mred",
    "formula": "=HYPERLINK(\"http://evil.example\",\"click\")",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-1+1",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "new line": "\n=1+1",
    "space": " =1+1",
    "wide formula": "＝1+1",
    "formula after hard spaces": "\u00a0\u2003=1+1",
    "formula after quotes": "\"' =1+1",
    "formula after a separator": "a;=1+1|@x\t-1,+1",
    "small formula": "\ufe66 1\ufe62 1",
    "minus sign": "\u22121",
    "markup of rich": "[bold]x[/] [link=http://evil.example]y[/link] :smile:",
    "variation selectors": "ad\ufe0fa\U000e0100",
    "tags": "ada\U000e0041\U000e007f",
    "long": "x" * 200_000,
    "path": "../../../etc/passwd",
    "device": "con",
    "empty": "",
    "nul": "a\0b",
    "surrogate": "byte \udcff",
    "emoji": "👩\u200d💻",
    "quotes": "\"'`;,\n\"",
}  # fmt: skip
WHO_ELSE = "ada"


def infected(text: str) -> Graded:
    """Everything a student can have a say in holds `text`."""
    both = Text(text, text)
    checks = (
        made.check("value", "softmax", Outcome.FAILED, message=both, values=both, detail=text, hidden=False),
        made.check("large_logits", "softmax", Outcome.CRASH, message=both, measured={text: float("nan")}),
        made.check("gradcheck", "softmax"),
    )
    changes = {"flags": (text,), "problems": (both,), "output": text, "limits": (LimitNote(text, text, text),)}
    entry = made.graded(text, "softmax-regression", checks, **changes)
    files = (FileFacts(text, 10, "5e" * 32),)
    facts = SubmissionFacts(text, "softmax-regression", "ab" * 32, None, 1, files, (Problem("odd", both),), text)
    return replace(entry, submission=facts)


@cache
def written(text: str) -> Mapping[str, str]:
    entries = [infected(text), made.graded(WHO_ELSE, "tensor-basics", (made.check("value", "make_grid"),))]
    gradebook = build(made.course(), entries, RunFacts(roster=(text, WHO_ELSE, "bob")))
    results = [entry.result for entry in entries]
    return {path: body for write in FORMATS.values() for path, body in write(gradebook, results, "zh")}


@pytest.fixture(params=list(ATTACKS), ids=list(ATTACKS))
def attack(request: pytest.FixtureRequest) -> str:
    return ATTACKS[request.param]


def test_no_text_of_a_student_becomes_markup(attack: str):
    for path, body in written(attack).items():
        if path.endswith(".html"):
            page = Page(body)
            assert page.faults == [], path
            spoken = [attributes.pop("aria-label", "") for _, attributes in page.tags]
            assert len(spoken) > 10
            assert "alert(1)" not in str(page.tags), path


def test_the_number_of_tags_does_not_depend_on_what_a_student_writes():
    plain, evil = written("harmless"), written(ATTACKS["event handler"])
    page, other = Page(plain["staff/index.html"]), Page(evil["staff/index.html"])
    assert Counter(tag for tag, _ in page.tags) == Counter(tag for tag, _ in other.tags)


def test_no_file_holds_a_character_that_drives_a_terminal_or_turns_text(attack: str):
    for path, body in written(attack).items():
        assert not set(body) & set("\x1b\x07\x9b\0\r\u202e\u2066\u200b\u200c\ufeff"), path
        assert body.encode("utf-8")


def test_every_file_stays_inside_the_report_folder_with_a_name_of_its_own(attack: str):
    paths = list(written(attack))
    pages = [path for path in paths if path.startswith("students/")]
    assert len(pages) == 3
    for path in paths:
        assert ".." not in path.split("/")
        depth = (
            3
            if path.startswith("staff/gradescope/")
            else 2
            if path.startswith(("staff/students/", "staff/lti/"))
            else 1
        )
        assert path.count("/") == depth


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_of_the_csv_is_a_formula_wherever_it_is_split(attack: str, separator: str):
    for name in ("staff/gradebook.csv", "staff/results.csv", "staff/canvas.csv", "staff/nbgrader.csv"):
        lines = list(csv.reader(io.StringIO(written(attack)[name])))
        assert len({len(line) for line in lines}) == 1
        for piece in (piece for line in lines for cell in line for piece in cell.split(separator)):
            start = unicodedata.normalize("NFKC", piece).lstrip(' \u00a0\u3000"`')
            assert start[:1] not in tuple("=+-@\u2212\t\r\n") or not start


def test_numbers_of_the_csv_stay_numbers():
    for name in ("staff/gradebook.csv", "staff/results.csv", "staff/canvas.csv", "staff/nbgrader.csv"):
        for row in csv.DictReader(io.StringIO(written("=1+1")[name])):
            for key in row.keys() & {
                "points",
                "maximum",
                "total_points",
                "total_maximum",
                "total_percent",
                "late_days",
            }:
                assert not row[key] or math.isfinite(float(row[key]))


def test_the_json_gives_every_text_back_exactly(attack: str):
    report = json.loads(written(attack)["staff/report.json"])
    assert attack in {student["student"] for student in report["students"]}
    check = next(result for result in report["results"] if result["student"] == attack)["checks"][0]
    assert check["message"] == {"en": attack, "zh": attack}


def test_the_json_is_no_markup_for_whoever_takes_it_for_a_page(attack: str):
    assert "<" not in written(attack)["staff/report.json"]


@pytest.mark.parametrize("text", ["\"'&<>" * 40_000, "\u202e" * 200_000, "line\n" * 40_000])
def test_a_page_stays_small_whatever_a_student_prints(text: str):
    """A topic adds at most 60,000 characters of messages and values to a page, each of few bytes once escaped."""
    both = Text(text, text)
    check = made.check("c", "softmax", Outcome.FAILED, values=both, detail=text, hidden=False)
    checks = tuple(replace(check, check=f"c{n}", message=Text(f"{n} {text}", f"{n} {text}")) for n in range(20))
    flags = tuple(f"{number} {text[:2000]}" for number in range(500))
    entry = made.graded("ada", "softmax-regression", checks, flags=flags, problems=(both,) * 500, output=text)
    files = tuple(FileFacts(f"{number}{text[:2000]}", 10, "5e" * 32) for number in range(2_000))
    entry = replace(entry, submission=replace(made.facts(entry.result), files=files))
    gradebook = build(made.course(), [entry], RunFacts())
    pages = dict(html_files(gradebook, [entry.result], "en"))
    for path, body in pages.items():
        assert Page(body).faults == []
        assert len(body.encode()) < 1_500_000, path
    page = Page(pages["students/ada.html"])
    assert "Left out, because this page would get too long" in page.text
    assert "and 1940 more files" in page.text


def test_the_class_page_lists_so_many_errors_and_says_how_many_more():
    entries = [
        made.graded(f"s{number:04d}", "softmax-regression", (made.check(f"c{number}", "softmax", Outcome.FAILED),))
        for number in range(230)
    ]
    gradebook = build(made.course(), entries, RunFacts())
    page = Page(dict(html_files(gradebook, [entry.result for entry in entries], "en"))["staff/index.html"])
    assert page.faults == []
    assert "30 more are in report.json only." in page.text

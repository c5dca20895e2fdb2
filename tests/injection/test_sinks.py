"""Every source of student text, through the real program, into every sink.

Sources in the graded class (hostile_class.py): exception class names and messages, tracebacks with source lines,
returned strings, dict keys, class names of handles, stdout and stderr, syntax and import errors, names of files, of
notebooks, of folders that are nobody's, of unknown topics, members and records of hand-ins, look-alike ids.
Sinks: student, staff and class pages, CSV, JSON, the terminal of grade, collect and report, names of files. Names that
no upload can carry (the program refuses them) go into the same sinks in tests/reports/test_injection.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from conftest import Sinks
from payloads import FAMILIES, HARMLESS, PAYLOADS
from terminal_reader import faults

COMMANDS = (
    "grade", "grade --json", "collect", "collect --json", "report", "report zh", "report --format csv", "report --json",
    *(f"report --student s-{family}" for family in FAMILIES), "report --student i-raises", "report --student n00",
    "report --student i-syntax", "report --student i-missing", "report --student n10", "report --student t",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_sends_a_terminal_anything_but_text(sinks: Sinks, command: str):
    assert set(sinks.printed) == set(COMMANDS)
    assert faults(sinks.printed[command]) == []
    assert len(sinks.printed[command]) > 20


def test_a_coloured_terminal_gets_colours_and_no_other_sequence(sinks: Sinks):
    assert any("\x1b[" in text for text in sinks.coloured.values())
    for name, text in sinks.coloured.items():
        assert faults(text, coloured=True) == [], name


def test_markup_and_emoji_of_rich_are_shown_as_they_are_written(sinks: Sinks):
    shown = sinks.printed["report --student s-terminal"]
    assert "[bold red]100 points[/]" in shown
    assert "[link=http://evil.example]x[/link]" in shown
    assert ":smile:" in shown
    assert ":smile:" in sinks.printed["collect"].replace("\n", "")
    everything = "".join([*sinks.printed.values(), *sinks.coloured.values()])
    assert not set(everything) & set("😄💥⚠")


def test_tables_keep_their_width(sinks: Sinks):
    from rich.cells import cell_len

    for command in ("report", "report zh", *(name for name in COMMANDS if "--student" in name)):
        assert max(map(cell_len, sinks.printed[command].splitlines())) <= 100, command


def test_no_line_of_talk_is_endless(sinks: Sinks):
    """A message is cut long before it fills a screen."""
    for command in ("grade", "collect"):
        assert max(map(len, sinks.printed[command].splitlines())) < 700


def test_the_payloads_do_arrive(sinks: Sinks):
    """Else all the other tests would prove nothing."""
    from page_reader import Page

    page = Page(sinks.files["staff/students/s-markup.html"])
    for name in ("script", "attribute", "image", "meta", "template", "runs"):
        assert " ".join(PAYLOADS[name].split())[:40] in page.text, name
    assert "␛[2J" in Page(sinks.files["staff/students/s-terminal.html"]).text
    assert "abc\ufffdgpj.exe" in Page(sinks.files["students/s-unseen.html"]).text  # replaced at the wall already
    assert "[U+202E]" in Page(sinks.files["staff/students/s-unseen.html"]).text  # what was printed comes as it is
    assert "<script>alert(1)" in Page(sinks.files["students/n00.html"]).text
    assert "alert(1)" in Page(sinks.files["staff/students/i-syntax.html"]).text


def structure(source: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every tag with the names of its attributes, in order."""
    from page_reader import Page

    page = Page(source)
    assert page.faults == []
    return [(tag, tuple(sorted(given))) for tag, given in page.tags]


@pytest.mark.parametrize("folder", ["students", "staff/students"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_page_is_built_the_same_from_hostile_and_from_harmless_text(sinks: Sinks, folder: str, family: str):
    hostile = structure(sinks.files[f"{folder}/s-{family}.html"])
    harmless = structure(sinks.files[f"{folder}/s-harmless.html"])
    if family in ("lines", "many", "long"):  # long text folds: a block more or less, but no other kind of element
        folding = {("details", ()), ("summary", ()), ("pre", ()), ("div", ("class",)), ("p", ("class",))}
        assert set(hostile) - folding <= set(harmless)
    else:
        assert hostile == harmless


def test_no_page_has_an_element_an_attribute_or_a_target_that_the_templates_do_not_write(sinks: Sinks):
    from page_reader import Page

    ours = {part for path in sinks.files if "harmless" in path for part in structure(sinks.files[path])}
    ours |= {("p", ("class",)), ("div", ()), ("dl", ("class",)), ("dd", ()), ("section", ("class",))}  # of problems
    for path, source in sinks.pages("s").items():
        if path == "staff/index.html":
            continue
        assert set(structure(source)) <= ours | {
            ("h2", ()),
            ("dt", ()),
            ("details", ()),
            ("summary", ()),
            ("pre", ()),
        }, path
    target = re.compile(r"(\.\./)*(#[\w-]*|data:,|index\.html|students/[\w.%-]+\.html(#[\w-]+)?)")
    for path, source in sinks.pages("s").items():
        page = Page(source)
        assert page.faults == []
        targets = [
            given[name] for _, given in page.tags for name in ("href", "src", "action", "srcset") if name in given
        ]
        assert [found for found in targets if not target.fullmatch(found)] == [], path
        assert "alert(1)" not in str([given for tag, given in page.tags if tag != "meta"])


def test_every_page_has_the_strict_policy_and_sends_no_referrer(sinks: Sinks):
    from page_reader import Page

    for path, source in sinks.pages("s").items():
        metas = Page(source).attributes("meta")
        (policy,) = [meta["content"] for meta in metas if meta.get("http-equiv") == "Content-Security-Policy"]
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules.pop("style-src").startswith("'sha256-")
        assert rules == {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
        assert {"name": "referrer", "content": "no-referrer"} in metas
        assert source.index("Content-Security-Policy") < source.index("<style"), path


def test_no_page_is_larger_than_its_cap(sinks: Sinks):
    for path, source in sinks.pages("s").items():
        assert len(source.encode()) < 700_000, path


def test_no_student_is_told_where_things_lie_on_the_grading_machine(sinks: Sinks):
    places = {str(sinks.place), sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]), str(Path.home()) + "/"}
    for path, source in sinks.pages("students/").items():
        for place in (*places, "site-packages", "/guest", "importlib", "_bootstrap", "sandbox/"):
            assert place not in source, (path, place)
    assert "site-packages" in sinks.files["staff/students/s-markup.html"]  # staff may need it


def test_no_file_of_the_report_holds_a_raw_character_that_nobody_sees(sinks: Sinks):
    for path, text in sinks.files.items():
        assert faults(text) == [], path


def test_no_cell_of_the_csv_is_a_formula_and_numbers_stay_numbers(sinks: Sinks):
    for path in ("staff/gradebook.csv", "staff/results.csv"):
        rows = list(csv.reader(io.StringIO(sinks.files[path])))
        assert len({len(row) for row in rows}) == 1
        for cell in (cell for row in rows for cell in row):
            start = unicodedata.normalize("NFKC", cell).lstrip(' "`')[:1]
            assert start not in tuple("=+-@\u2212\t\r\n") or not start
        for row in csv.DictReader(io.StringIO(sinks.files[path])):
            assert all(float(row[key]) >= 0 for key in ("points", "total_points") if row.get(key))


def test_the_json_is_json_and_holds_the_payload_exactly(sinks: Sinks):
    report = json.loads(sinks.files["staff/report.json"])
    raised = next(result for result in report["results"] if result["student"] == "s-harmless")["checks"]
    assert HARMLESS in str(raised)
    assert json.loads(sinks.printed["collect --json"].partition("\n}\n")[0] + "\n}")["submissions"]


def test_names_of_files_are_legal_everywhere_and_stay_apart(sinks: Sinks):
    reserved = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
    for path in sinks.files:
        for part in path.split("/"):
            assert re.fullmatch(r"\.autograder-report|\w[\w.-]*", part), part
            assert not reserved.fullmatch(part)
            assert len(part.encode()) < 200
            assert unicodedata.normalize("NFC", part) == part
    folded = [unicodedata.normalize("NFKC", path).casefold() for path in sinks.files]
    assert len(set(folded)) == len(folded)


def test_ids_that_look_alike_are_named_at_collecting_and_on_the_class_page(sinks: Sinks):
    from page_reader import Page

    said = json.loads(sinks.printed["collect --json"].partition("\n}\n")[0] + "\n}")["submissions"]
    for name in ("Ada", "ada", "\u0430da"):
        (text,) = [
            problem["en"]
            for one in said
            if one["student"] == name
            for problem in one["problems"]
            if problem["code"] == "duplicate-student"
        ]
        assert all(other in text for other in {"Ada", "ada", "\u0430da"} - {name})
    assert "\\u0430da" in Page(sinks.files["staff/index.html"]).text


def test_what_collecting_wrote_lies_in_its_folder_and_holds_nothing_unseen(sinks: Sinks):
    for path in (sinks.place / "into").rglob("*"):
        assert not path.is_symlink()
        assert set(faults(path.name)) <= {"piled marks"}  # of a file; every message and page about it cuts them
        if path.name == ".collected.json":
            assert set(faults(path.read_text("utf-8"))) <= {"piled marks"}

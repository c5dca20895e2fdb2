"""The pages: what they say, to whom, and that nothing else is in them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import made_up_class as made
import pytest
from page_reader import Page

from autograder.model.picture import Picture
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.facts import Graded, RunFacts
from autograder.reports.gradebook import Gradebook, build
from autograder.reports.html_files import html_files
from autograder.reports.names import file_names
from autograder.reports.outcomes import LOOKS, MISSING
from autograder.reports.words import WORDS, say

STUDENT_PAGES = Path("students")


def page_of(student: str, files: Mapping[Path, str], *, staff: bool = False) -> Page:
    name = file_names(made.run_facts().roster)[student]
    return Page(files[Path("staff" if staff else "") / "students" / f"{name}.html"])


def one_page(*checks: CheckResult, language: str = "en", days: int = 0, **changes: object) -> Page:
    """The page of a student who handed in softmax-regression only."""
    entry = made.graded("ada", "softmax-regression", checks, days, **changes)
    gradebook = build(made.course(), [entry], RunFacts())
    return Page(dict(html_files(gradebook, [entry.result], language))["students/ada.html"])


def test_no_page_for_a_student_holds_anything_of_a_hidden_check(files: Mapping[Path, str]):
    own = {path: text for path, text in files.items() if path.parts[0] == "students"}
    assert len(own) == len(made.run_facts().roster)
    for path, text in own.items():
        for secret in ("HIDDEN-CANARY", "31.4159", "assert 0.13", "2.302", "uploads/class.zip", "protocol violation"):
            assert secret not in text, path


def test_the_staff_sees_what_students_do_not(files: Mapping[Path, str]):
    page = page_of("zoë", files, staff=True)
    for shown in ("HIDDEN-CANARY", "assert 0.13", "epoch 1 loss 2.302", "uploads/class.zip", "protocol violation"):
        assert shown in page.text


def test_what_is_not_due_yet_is_folded_away_below_what_is():
    entry = made.graded("ada", "softmax-regression", (made.check("value", "softmax"),))
    dates = sorted(topic.due for topic in made.course().policy.topics.values() if topic.due)

    def parts(made_at: datetime) -> tuple[str, str]:
        facts = RunFacts(made_at=made_at, roster=("ada", "bob"))
        pages = dict(html_files(build(made.course(), [entry], facts), [entry.result], "en"))
        now, fold, later = pages["students/ada.html"].partition('<details class="ahead">')
        assert bool(fold) == (made_at < dates[-1])
        assert ("so far, of " in now) == bool(fold)
        return now.partition("</table>")[0], later

    now, later = parts(dates[-3] - timedelta(hours=1))
    assert "2 topics are still to come" in later
    assert later.count("Nothing handed in yet; due") == 2
    assert "Nothing handed in yet" not in now
    assert now.count("Nothing handed in; it was due") == len(dates) - 3
    parts(dates[-1])


def test_planted_secrets_reach_no_student_whatever_the_outcome():
    plant = "PLANTED-9f3a"
    checks = [
        made.check(f"c{n}", "softmax", outcome, values=Text(plant, plant), detail=plant, hint=Text("think"))
        for n, outcome in enumerate(Outcome)
    ]
    entry = made.graded("ada", "softmax-regression", tuple(checks), flags=(plant,), output=plant)
    entry = replace(entry, submission=replace(made.facts(entry.result), source=plant))
    gradebook = build(made.course(), [entry], RunFacts(again=plant))
    pages = dict(html_files(gradebook, [entry.result], "en"))
    assert plant not in pages["students/ada.html"]
    assert plant in pages["staff/students/ada.html"]


def test_values_of_a_visible_check_are_shown():
    check = made.check("value", "softmax", Outcome.FAILED, hidden=False, values=Text("got 3, expected 4"))
    assert "got 3, expected 4" in one_page(check).text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_word_and_its_picture(outcome: Outcome, language: str):
    page = one_page(made.check("value", "softmax", outcome), language=language)
    assert LOOKS[outcome].said("student").to(language) in page.text
    assert f"#i-{outcome.value}" in {attributes.get("href") for attributes in page.attributes("use")}
    assert f"i-{outcome.value}" in page.ids


@pytest.mark.parametrize("state", list(LOOKS))
def test_every_state_has_words_in_both_languages(state: str):
    look = LOOKS[state]
    assert look.word.en
    assert look.word.zh
    assert bool(look.kindly.en) == bool(look.kindly.zh)
    needs_advice = state not in (Outcome.PASSED, Outcome.FAILED, MISSING)
    assert bool(look.kindly) == needs_advice


def test_all_fixed_words_exist_in_both_languages_with_the_same_blanks():
    for key, text in WORDS.items():
        assert text.en, key
        assert text.zh, key
        assert set(re.findall(r"{\w+}", text.en)) == set(re.findall(r"{\w+}", text.zh)), key


def test_a_page_allows_its_own_style_sheet_and_nothing_else(files: Mapping[Path, str]):
    for path, text in files.items():
        if path.suffix != ".html":
            continue
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        policies = [meta["content"] for meta in Page(text).attributes("meta") if "http-equiv" in meta]
        assert policies == [
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        ]
        assert not re.search(r"url\(|@import|https?:", text)


def test_every_page_is_well_formed_and_its_links_lead_somewhere(files: Mapping[Path, str]):
    pages = {path: Page(text) for path, text in files.items() if path.suffix == ".html"}
    ids = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        assert page.faults == [], path
        assert len(page.ids) == len(set(page.ids)), path
        for href in (link["href"] for link in page.attributes("a")):
            target, _, anchor = href.partition("#")
            place = _resolved(path, target)
            assert place in pages, href
            assert not anchor or anchor in ids[place], href


def _resolved(path: Path, target: str) -> Path:
    from urllib.parse import unquote

    parts = [*path.parts[:-1], *unquote(target).split("/")] if target else list(path.parts)
    kept: list[str] = []
    for part in parts:
        kept = kept[:-1] if part == ".." else [*kept, part]
    return Path(*kept)


def test_pages_can_be_used_without_seeing_or_pointing(files: Mapping[Path, str]):
    for path, text in files.items():
        if path.suffix != ".html":
            continue
        page = Page(text)
        assert page.tags[0] == ("html", {"lang": "en"})
        assert all({"aria-hidden", "aria-label"} & svg.keys() for svg in page.attributes("svg"))
        assert page.attributes("a")[0]["href"] == "#content"
        assert all("scope" in cell for cell in page.attributes("th")), path
        labels = {label["for"] for label in page.attributes("label")}
        assert {field["id"] for field in page.attributes("input")} == labels


def test_a_student_page_holds_both_languages_and_shows_the_one_asked_for():
    page = one_page(made.check("value", "softmax"), language="zh")
    fields = page.attributes("input")
    assert [(field["id"], "checked" in field) for field in fields] == [("show-zh", True), ("show-en", False)]
    assert {main["lang"] for main in page.attributes("main")} == {"en", "zh-Hans"}
    assert page.tags[0][1]["lang"] == "zh-Hans"


def test_lateness_is_a_line_of_its_own():
    text = one_page(made.check("value", "softmax"), days=2).text
    assert "before lateness 10 2 days late −2 counts 8 / 10" in text


def test_our_failure_is_explained_and_no_points_are_named():
    text = one_page(made.check("value", "softmax", Outcome.INTERNAL)).text
    assert "fault on our side" in text
    assert "Not final: 1 of your topics" in text
    assert "not graded yet" in text
    assert "call a person" not in text  # staff are called, the student need do nothing
    assert "0 / 10" not in text


def test_a_limit_is_explained_with_its_value():
    text = one_page(made.check("value", "softmax", Outcome.CPU)).text
    assert "processor time" in text
    assert "The limit is 10 s per check." in text


def test_a_stub_is_met_with_a_way_to_start():
    text = one_page(made.check("value", "softmax", Outcome.FAILED, reason="not-started")).text
    assert "not started" in text
    assert "Replace `raise NotImplementedError` by your own code." in text


def test_a_skipped_check_names_what_it_waits_for():
    skipped = made.check("shift", "softmax", Outcome.SKIPPED, message=Text("Skipped until softmax.value passes."))
    assert "Skipped until softmax.value passes." in one_page(skipped).text


def test_a_page_says_how_many_checks_are_hidden():
    checks = (made.check("value", "softmax", hidden=False), made.check("shift", "softmax"))
    assert "1 of the 2 checks are hidden." in one_page(*checks).text


def test_what_is_wrong_with_the_upload_comes_before_everything_else():
    text = one_page(made.check("value", "softmax"), problems=(Text("The file has the wrong name."),)).text
    assert text.index("The file has the wrong name.") < text.index("Tensors: shape, dtype, memory")


def test_a_message_that_all_checks_share_is_said_once():
    same = Text("SyntaxError on line 14")
    checks = tuple(made.check(name, "softmax", Outcome.FAILED, message=same, reason="import") for name in "abc")
    assert one_page(*checks).text.count("SyntaxError on line 14") == 2  # once in each language


def test_grading_without_isolation_is_said_to_student_and_staff(files: Mapping[Path, str]):
    assert "Graded without isolation" in page_of("turing", files).text
    assert "Graded without isolation" not in page_of("ada", files).text
    assert "Graded without isolation" in Page(files[Path("staff/index.html")]).text


def test_a_measured_figure_stands_beside_the_check():
    check = made.check("accuracy", "train_digits", measured={"accuracy": 0.95742})
    assert "accuracy 0.9574" in one_page(check).text


def test_partial_points_are_points(entries: list[Graded]):
    half = made.check("accuracy", "train_digits", Outcome.FAILED, points=5.0)
    assert "5 / 10" in one_page(half).text


CLASS_PAGE_SAYS = (
    "autograder grade examples/class --student noether --topic autograd-torch",  # the command after our failure
    "everybody passes",
    "2 results come from other checks",
    "protocol violation in train_epoch.loss",
    "Errors of a single student",
    "kernel: RLIMIT_NPROC",
    "not enforced",
    "0.1.0 torch 2.13.0",
    "Seed 2026",
    "wall (64), none (--unsafe) (2)",
    "Еva \\u0415va",
    "Taken from the store unchanged 3",
    "Started again after our own failures 1",
    "all 6 topics",
)


@pytest.mark.parametrize("words", CLASS_PAGE_SAYS)
def test_the_class_page_says(words: str, files: Mapping[Path, str]):
    assert words in Page(files[Path("staff/index.html")]).text


def test_the_histogram_says_in_words_what_it_shows(files: Mapping[Path, str]):
    labels = {attributes.get("aria-label") for attributes in Page(files[Path("staff/index.html")]).attributes("svg")}
    assert say("histogram_of", "en", what="Total", n=11) in labels


def test_a_class_without_results_still_has_a_page():
    pages = dict(html_files(build(made.course(), [], RunFacts(roster=("ada",))), [], "en"))
    assert "Nothing is open." in Page(pages["staff/index.html"]).text
    assert "Nothing handed in" in Page(pages["students/ada.html"]).text


def test_a_topic_not_handed_in_has_its_date_in_the_overview_and_no_section_of_its_own():
    page = one_page(made.check("value", "softmax"))
    assert "en-softmax-regression" in page.ids
    assert "en-tensor-basics" not in page.ids
    assert page.text.count("Nothing handed in") == len(made.course().topics) - 1


def test_the_class_matrix_leaves_out_topics_that_nobody_handed_in():
    entry = made.graded("ada", "softmax-regression", (made.check("value", "softmax"),))
    page = Page(dict(html_files(build(made.course(), [entry], RunFacts()), [entry.result], "en"))["staff/index.html"])
    assert f"topics nobody handed in: {len(made.course().topics) - 1}, not shown" in page.text


def test_both_languages_of_the_class_page_are_well_formed(gradebook: Gradebook, results: list[TopicResult]):
    pages = dict(html_files(gradebook, results, "zh"))
    page = Page(pages["staff/index.html"])
    assert page.faults == []
    assert "需要人工处理" in page.text


def test_pictures_of_visible_checks_are_on_the_page_in_both_languages():
    seen = Picture("curve", Text("It <b>falls</b>.", "它下降。"), b"\x89PNG seen", 480, 300)
    secret = replace(seen, name="secret", png=b"\x89PNG secret")
    checks = (
        made.check("value", "softmax", hidden=False, pictures=(seen,)),
        made.check("shift", "softmax", hidden=True, pictures=(secret,)),
    )
    page = one_page(*checks)
    shown = [attributes["src"] for attributes in page.attributes("img")]
    assert shown == ["data:image/png;base64," + base64.b64encode(seen.png).decode()] * 2
    assert [attributes["alt"] for attributes in page.attributes("img")] == ["It <b>falls</b>.", "它下降。"]
    assert "It <b>falls</b>." in page.text

"""JUnit XML, as pytest writes it (xunit2): a suite for each student's topic, a case for each check.

JUnit knows no points, so they are properties. A message is what the student may read, never a check's source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Xml

from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.reports.check_text import safe_text
from autograder.reports.clean import line
from autograder.reports.gradebook import Gradebook


def junit_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """`staff/junit.xml`."""
    known = {topic.slug for topic in gradebook.topics}
    whole = Xml.Element("testsuites", name=line(gradebook.title.to(language)))
    for result in results:
        if result.topic in known:
            _suite(whole, result, language)
    Xml.indent(whole)
    yield "staff/junit.xml", '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(whole, encoding="unicode") + "\n"


def _suite(whole: Xml.Element, result: TopicResult, language: str) -> None:
    outcomes = [check.outcome for check in result.checks]
    failed = [one for one in outcomes if one not in (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)]
    suite = Xml.SubElement(
        whole,
        "testsuite",
        name=f"{line(result.student)}: {result.topic}",
        tests=str(len(outcomes)),
        failures=str(len(failed)),
        errors=str(outcomes.count(Outcome.INTERNAL)),
        skipped=str(outcomes.count(Outcome.SKIPPED)),
        time=f"{result.wall_s:.3f}",
    )
    if result.started_at:
        suite.set("timestamp", line(result.started_at))
    for check in result.checks:
        _case(suite, result, check, language)


def _case(suite: Xml.Element, result: TopicResult, check: CheckResult, language: str) -> None:
    task, _, name = check.check.partition(".")
    case = Xml.SubElement(
        suite, "testcase", classname=f"{result.topic}.{line(task)}", name=line(name), time=f"{check.wall_s:.3f}"
    )
    properties = Xml.SubElement(case, "properties")
    for key, value in (
        ("points", f"{check.points:g}"),
        ("max_points", f"{check.max_points:g}"),
        ("visibility", "hidden" if check.hidden else "visible"),
    ):
        Xml.SubElement(properties, "property", name=key, value=value)
    if check.outcome is Outcome.PASSED:
        return
    text = safe_text(check, language)
    kind = {Outcome.SKIPPED: "skipped", Outcome.INTERNAL: "error"}.get(check.outcome, "failure")
    Xml.SubElement(case, kind, message=line(text, 300), type=str(check.outcome)).text = text

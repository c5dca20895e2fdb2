"""docs/report.schema.json is what report.json holds: no field more, none less."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import made_up_class as made
import pytest

from autograder.model.picture import Picture
from autograder.model.result import Outcome
from autograder.model.text import Text
from autograder.reports.facts import RunFacts
from autograder.reports.gradebook import build
from autograder.reports.json_file import dumps, report
from autograder.reports.outcomes import MISSING, NOT_STARTED

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "docs/report.schema.json").read_text(encoding="utf-8")
)
FORM = jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture
def whole(files: Mapping[Path, str]) -> dict[str, Any]:
    made_up: dict[str, Any] = json.loads(files[Path("staff/report.json")])
    return made_up


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_report_of_a_class_fits_it(whole: dict[str, Any]):
    assert [error.message for error in FORM.iter_errors(whole)] == []


def test_every_outcome_there_is_fits_it_and_odd_numbers_and_pictures_too():
    odd = {"loss": float("nan"), "accuracy": float("inf")}
    picture = Picture("curve", Text("a", "b"), b"", 4, 3)
    checks = tuple(
        made.check(f"c{place}", "softmax", outcome, measured=odd, pictures=(picture,))
        for place, outcome in enumerate(Outcome)
    )
    entry = made.graded("ada", "softmax-regression", checks)
    text = dumps(report(build(made.course(), [entry], RunFacts()), [entry.result]))
    assert [error.message for error in FORM.iter_errors(json.loads(text))] == []
    assert {*SCHEMA["$defs"]["state"]["enum"]} == {*map(str, Outcome), NOT_STARTED, MISSING}


@pytest.mark.parametrize(
    "path", [(), ("students", 0), ("students", 0, "topics", 0), ("results", 0), ("results", 0, "checks", 0), ("cost",)]
)
def test_a_field_more_or_less_does_not_fit(whole: dict[str, Any], path: tuple[Any, ...]):
    for change in ("more", "less"):
        data = copy.deepcopy(whole)
        part = data
        for key in path:
            part = part[key]
        part.update(more=1) if change == "more" else part.pop(next(iter(part)))
        assert list(FORM.iter_errors(data)), (path, change)

"""docs/grading-yml.md describes the files as they are."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from autograder.course.explain import shape_faults
from autograder.course.schema import GradingFile, LateSection, LimitsSection, TaskEntry, TopicEntry, TopicFile
from autograder.course.yaml_marks import Marked, parse, read
from autograder.errors import Fault
from autograder.model.course import Limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/grading-yml.md").read_text(encoding="utf-8")


def parsed(text: str) -> Marked:
    faults: list[Fault] = []
    marked = parse(text, "example", faults)
    assert faults == []
    assert marked is not None
    return marked


@pytest.mark.parametrize(("index", "model"), [(0, GradingFile), (1, TopicFile)])
def test_the_examples_are_valid(index, model):
    example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[index]
    assert shape_faults(parsed(example), model) == []


@pytest.mark.parametrize("model", [GradingFile, TopicEntry, LateSection, LimitsSection, TopicFile, TaskEntry])
def test_every_key_is_described(model):
    assert [key for key in model.model_fields if f"`{key}`" not in PAGE] == []


def test_the_limits_have_the_keys_and_defaults_of_the_model():
    rows = dict(re.findall(r"^\| `(\w+)` \| (?:seconds|MiB|KiB|number) \|.*\| (\d+) \|$", PAGE, re.MULTILINE))
    assert {key: float(value) for key, value in rows.items()} == dataclasses.asdict(Limits())
    assert set(LimitsSection.model_fields) == set(rows)


def test_the_shipped_course_is_written_as_described():
    faults: list[Fault] = []
    marked = read(ROOT / "grading.yml", "grading.yml", faults)
    assert marked is not None
    assert faults + shape_faults(marked, GradingFile) == []

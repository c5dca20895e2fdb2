"""Whatever stands in a configuration file, the answer is data or faults, never an exception."""

from __future__ import annotations

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.course import rules
from autograder.course.explain import shape_faults
from autograder.course.schema import GradingFile, TopicFile
from autograder.course.yaml_marks import parse
from autograder.errors import Fault

KEYS = sorted({*GradingFile.model_fields, *TopicFile.model_fields, "topic", "en", "zh", "name", "points", "cpu_s"})
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.text(max_size=9)
VALUES = st.recursive(
    SCALARS | st.sampled_from(["first-steps", "double"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=4),
    max_leaves=12,
)


def judge(text: str) -> list[Fault]:
    faults: list[Fault] = []
    marked = parse(text, "some.yml", faults)
    if marked:
        for model in (GradingFile, TopicFile):
            faults += shape_faults(marked, model)
        faults += rules.grading_faults(marked, {"first-steps": []})
        faults += rules.topic_faults(marked)
        faults += rules.needs_faults("first-steps", {"first-steps": marked}, ["first-steps"], ["first-steps"])
    return faults


@settings(deadline=None)
@given(st.text())
@example("{a: b: c")
@example("!!int x")
@example("- !!binary aGVsbG8=\n- !!set {a}\n- 0o7\n- 190:20:30\n")
@example("%YAML 9.9\n---\na")
@example("!!float .")
def test_any_text_gives_faults(text):
    assert all(fault.where.startswith("some.yml:") for fault in judge(text))
    assert judge(text)


@settings(deadline=None)
@given(VALUES)
def test_any_data_gives_faults_with_a_place(data):
    found = judge(yaml.safe_dump(data, allow_unicode=True))
    assert found
    assert all(len(fault.where.split(":")) == 3 for fault in found)

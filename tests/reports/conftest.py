"""The made-up class of made_up_class.py, graded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import made_up_class
import pytest

from autograder.model.result import TopicResult
from autograder.reports.export import FORMATS
from autograder.reports.facts import Graded
from autograder.reports.gradebook import Gradebook


@pytest.fixture(scope="session")
def entries() -> list[Graded]:
    return made_up_class.entries()


@pytest.fixture(scope="session")
def gradebook(entries: list[Graded]) -> Gradebook:
    return made_up_class.gradebook(entries)


@pytest.fixture(scope="session")
def results(entries: list[Graded]) -> list[TopicResult]:
    return [entry.result for entry in entries]


@pytest.fixture(scope="session")
def files(gradebook: Gradebook, results: list[TopicResult]) -> Mapping[Path, str]:
    """Every file of the class's report."""
    return {Path(path): text for write in FORMATS.values() for path, text in write(gradebook, results, "en")}

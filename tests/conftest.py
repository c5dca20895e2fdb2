"""What several rooms' tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rotation

from autograder.sandbox.launcher import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One warm zygote for the whole session, proven by its canary."""
    with Zygote() as zygote:
        yield zygote


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which topics were proven, if any were."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    if any("test_course_proof.py::test_the_topics_whose_turn" in report.nodeid for report in reports):
        terminalreporter.write_line(rotation.said(Path(__file__).resolve().parents[1]))

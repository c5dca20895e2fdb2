"""Every format a report can be written in. A new one is a file with one function, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from autograder.model.result import TopicResult
from autograder.reports.csv_files import csv_files
from autograder.reports.gradebook import Gradebook
from autograder.reports.gradebooks import canvas_files, nbgrader_files
from autograder.reports.gradescope import gradescope_files
from autograder.reports.html_files import html_files
from autograder.reports.json_file import json_files
from autograder.reports.junit import junit_files
from autograder.reports.lti import lti_files

# gradebook, the results it was built from, language ("en" | "zh") -> relative path and text of each file
Writer = Callable[[Gradebook, Sequence[TopicResult], str], Iterator[tuple[str, str]]]

FORMATS: Mapping[str, Writer] = {
    "html": html_files,
    "csv": csv_files,
    "json": json_files,
    "canvas": canvas_files,
    "gradescope": gradescope_files,
    "junit": junit_files,
    "lti": lti_files,
    "nbgrader": nbgrader_files,
}
USUAL = ("html", "csv", "json")  # what `grade` writes

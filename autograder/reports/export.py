"""Every format a report can be written in. A new one is a file with one function, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from autograder.model.result import TopicResult
from autograder.reports.csv_files import csv_files
from autograder.reports.gradebook import Gradebook
from autograder.reports.html_files import html_files
from autograder.reports.json_file import json_files

# gradebook, the results it was built from, language ("en" | "zh") -> relative path and text of each file
Writer = Callable[[Gradebook, Sequence[TopicResult], str], Iterator[tuple[str, str]]]

FORMATS: Mapping[str, Writer] = {
    "html": html_files,
    "csv": csv_files,
    "json": json_files,
}

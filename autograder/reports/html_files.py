"""The HTML pages: one for each student, and behind them the staff's: the class, and each student with all detail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from autograder.model.result import TopicResult
from autograder.reports.check_view import Reading
from autograder.reports.gradebook import Gradebook, Row
from autograder.reports.names import file_names
from autograder.reports.pages import Pages
from autograder.reports.staff_view import class_view
from autograder.reports.student_view import PageView, page_view

LANGUAGES = ("en", "zh")


def html_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """Path -> page. Only `students/` may be given to students; a student's page holds both languages, `language` first
    and shown; the staff's pages are in `language` alone."""
    pages = Pages()
    names = file_names(row.student for row in gradebook.rows)
    by_student: dict[str, list[TopicResult]] = {}
    for result in results:
        by_student.setdefault(result.student, []).append(result)
    yield "staff/index.html", pages.render("class.html.j2", **class_view(gradebook, names, language))
    for row in gradebook.rows:
        own = by_student.get(row.student, [])
        yield f"students/{names[row.student]}.html", student_page(pages, gradebook, row, own, language=language)
        view = page_view(gradebook, row, own, Reading("staff", language))
        yield f"staff/students/{names[row.student]}.html", _render(pages, (view,))


def student_page(pages: Pages, gradebook: Gradebook, row: Row, results: Sequence[TopicResult], *, language: str) -> str:
    """One student's page in both languages."""
    order = sorted(LANGUAGES, key=lambda each: each != language)
    return _render(pages, tuple(page_view(gradebook, row, results, Reading("student", each)) for each in order))


def _render(pages: Pages, views: tuple[PageView, ...]) -> str:
    values: Mapping[str, object] = {"pages": views, "language": views[0].language}
    return pages.render("student.html.j2", **values)

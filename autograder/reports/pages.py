"""How templates become pages: one self-contained file each, nothing loaded from anywhere, no script at all."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from autograder.reports import figures
from autograder.reports.clean import clean
from autograder.reports.outcomes import LOOKS, MISSING
from autograder.reports.words import say

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST = 20_000  # characters of one piece of text on a page; the views cut far below


class Pages:
    """The templates, loaded once for a report. `render` gives a whole page as text."""

    def __init__(self) -> None:
        from jinja2 import Environment, PackageLoader, StrictUndefined
        from markupsafe import Markup

        self._environment: Environment = Environment(
            loader=PackageLoader("autograder.reports"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_harmless,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["png"] = lambda data: Markup(_data_uri(data))  # base64 has nothing to escape
        css = files("autograder.reports").joinpath("templates/report.css").read_text(encoding="utf-8")
        self._environment.globals.update(
            css=Markup(css),
            policy=content_policy(css),
            say=say,
            looks=LOOKS,
            MISSING=MISSING,
            seconds=figures.seconds,
            percent=figures.percent,
            html_language=_html_language,
        )

    def render(self, template: str, **values: Any) -> str:
        return self._environment.get_template(template).render(**values)


def content_policy(css: str) -> str:
    """The Content-Security-Policy of a page: nothing but this one style sheet and pictures inside the page."""
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _data_uri(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def _html_language(language: str) -> str:
    return "zh-Hans" if language == "zh" else "en"


def _harmless(value: Any) -> Any:
    """The last guard: whatever text a template prints is cleaned once more (escaping follows after this)."""
    return clean(value, _LONGEST) if type(value) is str else value

"""The hostile class, graded once by the real command, and everything that came out of it."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile_class import make_class, make_course

sys.path.append(str(Path(__file__).parents[1] / "reports"))  # page_reader.py


@dataclass(frozen=True)
class Sinks:
    """`printed`: command -> what it wrote to the terminal; `files`: path in the report -> text; `place`: everything."""

    place: Path
    printed: Mapping[str, str]
    coloured: Mapping[str, str]
    files: Mapping[str, str]

    def pages(self, folder: str) -> dict[str, str]:
        return {path: text for path, text in self.files.items() if path.startswith(folder) and path.endswith(".html")}


@pytest.fixture(scope="session")
def sinks(tmp_path_factory: pytest.TempPathFactory) -> Sinks:
    place = tmp_path_factory.mktemp("hostile")
    course, inbox = make_course(place / "course"), place / "inbox"
    make_class(inbox)
    (place / "roster.csv").write_text("student\nEva\n\u0415va\n", encoding="utf-8")
    where = ["--course", str(course)]
    graded = ["grade", str(inbox), *where, "--reports", str(place / "reports"), "--seed", "7", "-j", "2"]
    collected = ["collect", str(inbox), *where, "--roster", str(place / "roster.csv"), "--into"]
    printed = {
        "grade": run(*graded, "--roster", str(place / "roster.csv")),
        "grade --json": run(*graded, "--json"),
        "collect": run(*collected, str(place / "into")),
        "collect --json": run(*collected, str(place / "into2"), "--json"),
        "report": run("report", *where),
        "report zh": run("report", *where, "--language", "zh"),
        "report --format csv": run("report", *where, "--format", "csv"),
        "report --json": run("report", *where, "--json"),
    }
    students = [f"s-{family}" for family in ("markup", "terminal", "unseen", "lines", "long", "many")]
    students += ["i-raises", "i-syntax", "i-missing", "n00", "n10", "t"]
    printed |= {f"report --student {name}": run("report", *where, "--student", name) for name in students}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_COLOR", "1")
        coloured = {name: run("report", *where, "--student", name) for name in students}
        coloured["collect"] = run(*collected, str(place / "into3"))
    root = place / "reports"
    files = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}
    return Sinks(place, printed, coloured, files)


def run(*words: str) -> str:
    """What a command prints, answers and talk together."""
    from autograder.cli.main import run as command

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command(words)
    assert code in (0, 1), (words, code, err.getvalue()[-2000:])
    return out.getvalue() + err.getvalue()

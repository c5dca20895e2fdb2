"""The rules of the house, kept by tools: layers, style, types, size, words."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "autograder").rglob("*.py"))


def tool(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_layers_point_one_way_and_contracts_hold():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_style_is_what_the_linter_asks_for():
    tool("ruff", "check", "--no-cache", ".")


def test_code_is_formatted():
    tool("ruff", "format", "--check", "--no-cache", "autograder", "tests", "benchmarks", "run")


def test_types_agree():
    tool("mypy", "--no-incremental")


def test_every_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start = lines.index(next(line for line in lines if line.startswith("dependencies")))
    end = lines.index("[project.scripts]")
    wanted = [line for line in lines[start:end] if line.strip().startswith('"') and "autograder[" not in line]
    assert wanted
    assert [line for line in wanted if "#" not in line] == []


def test_everything_that_is_installed_is_pinned():
    pinned = {line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines() if line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    every = project["optional-dependencies"]
    extras = [name for extra in ("check", "grade", "notebook", "fuzz", "dev") for name in every[extra]]
    names = {re.match(r"[\w-]+", name)[0].lower() for name in [*project["dependencies"], *extras]} - {"autograder"}
    assert names - pinned == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_room_is_too_large(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 50, f"{node.name} is too long for one screen"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_project_speaks_of_itself_alone():
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    foreign = re.compile("/wo" + "rk/|pypi" + r"\.org|files\.python" + "hosted", re.IGNORECASE)
    texts = [ROOT / name for name in names if not name.endswith((".npz", ".png"))]
    assert [str(path) for path in texts if path.is_file() and foreign.search(path.read_text("utf-8", "replace"))] == []

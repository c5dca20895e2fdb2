"""Where the files of a course are: `exercises/13_softmax_regression` and its twin in `solutions/`."""

from __future__ import annotations

import re
from pathlib import Path

GRADING = "grading.yml"
EXERCISES = "exercises"
SOLUTIONS = "solutions"
TOPIC = "topic.yml"
SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"  # "softmax-regression"
FOLDER = re.compile(r"^(\d\d)_([a-z][a-z0-9]*(?:_[a-z0-9]+)*)$")  # "13_softmax_regression"
CACHES = frozenset({"__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".ipynb_checkpoints", ".DS_Store"})


def slug_of(folder: Path) -> str:
    """The slug a folder of exercises/ or solutions/ stands for, "" if its name is not of that form."""
    match = FOLDER.match(folder.name)
    return match[2].replace("_", "-") if match else ""


def number_of(folder: Path) -> int:
    return int(folder.name[:2])


def topic_folders(exercises: Path) -> dict[str, list[Path]]:
    """Every topic's folders by slug, in order of their numbers. More than one folder for a slug is a fault to say."""
    found: dict[str, list[Path]] = {}
    if exercises.is_dir():
        for folder in sorted(exercises.iterdir()):
            if folder.is_dir() and slug_of(folder):
                found.setdefault(slug_of(folder), []).append(folder)
    return found


def exercise_files(module: str) -> tuple[str, ...]:
    """What every folder of exercises/ holds at least."""
    return ("README.md", "README.zh.md", TOPIC, f"{module}.py", f"test_{module}.py")


def solution_files(module: str) -> tuple[str, ...]:
    """What every folder of solutions/ holds at least."""
    return (f"{module}.py", f"test_{module}_hidden.py")


def files_below(folder: Path) -> list[Path]:
    """Every file and link below a folder, sorted, without caches of tools; links are listed, never followed."""
    found: list[Path] = []
    if not folder.is_dir() or folder.is_symlink():
        return found
    for entry in sorted(folder.iterdir()):
        if entry.name in CACHES or entry.suffix == ".pyc":
            continue
        if entry.is_dir() and not entry.is_symlink():
            found += files_below(entry)
        else:
            found.append(entry)
    return found

"""Which file of a submission is the one to run, and whether it can be."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Sequence

from autograder.model.notebook import cells_of
from autograder.model.submission import Problem, SubmittedFile
from autograder.submissions import problems
from autograder.submissions.notebook_entry import is_notebook, take_notebook
from autograder.submissions.topics import TopicName, plain_stems

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Beside the standard library: names that a program of the course would import from the student's folder by mistake.
COURSE_NAMES = {"torch", "numpy", "pytest", "_pytest", "pluggy", "conftest", "autograder", "sitecustomize"}
COURSE_NAMES |= {"usercustomize", "hypothesis", "setup"}
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile("[\u0400-\u04ff]")  # many of these look like many of those
SETTINGS = {"pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml", ".coveragerc"}


def choose_entry(files: Sequence[SubmittedFile], topic: TopicName) -> tuple[list[SubmittedFile], list[Problem]]:
    """The files with the one to run under its right name, and what has to be said about them."""
    kept, said = _take(_without_wrapper(files), topic)
    found = next((file for file in kept if file.path == topic.entry), None)
    if found and not any(problem.fatal for problem in said):
        said += text_problems(found.data, topic.entry)
    if places := disguises(kept):
        said.append(problems.disguised(places))
    shadowing = [file.path for file in kept if shadows(file.path) and file.path != topic.entry]
    return kept, said + ([problems.shadows(shadowing)] if shadowing else [])


def _without_wrapper(files: Sequence[SubmittedFile]) -> list[SubmittedFile]:
    """Without a folder that holds everything, as zips of a folder have."""
    kept = list(files)
    while kept and all("/" in file.path for file in kept) and len({file.path.split("/")[0] for file in kept}) == 1:
        kept = [SubmittedFile(file.path.partition("/")[2], file.data) for file in kept]
    return kept


def _take(files: list[SubmittedFile], topic: TopicName) -> tuple[list[SubmittedFile], list[Problem]]:
    entry = topic.entry
    code = [file for file in files if "/" not in file.path and file.path.lower().endswith(".py")]
    alike = [file for file in code if file.path != entry and topic.module in plain_stems(file.path[:-3])]
    exact = next((file for file in files if file.path == entry), None)
    if notebooks := [file for file in files if is_notebook(file, topic)]:
        own = [file for file in code if file is exact and not cells_of(file.data.decode("utf-8", "replace"))]
        return take_notebook(files, own or ([] if exact else alike), notebooks, topic)
    if exact:
        other = [file.path for file in alike if file.data != exact.data]
        return files, [problems.also_there(other, entry)] if other else []
    if len({file.data for file in alike}) > 1:
        return files, [problems.several_files([file.path for file in alike], entry)]
    own = [file for file in code if not file.path.startswith("test_") and not shadows(file.path)]
    others = [file for file in files if "/" not in file.path and file.path.lower().endswith(".ipynb")]
    if len(others) == 1 and not own:  # a notebook may be called anything
        return take_notebook(files, [], others, topic)
    if alike:
        kept = [file for file in files if file not in alike and not file.path.startswith(f"{entry}/")]
        kept.append(SubmittedFile(entry, alike[0].data))
        return sorted(kept, key=lambda file: file.path), [problems.renamed(alike[0].path, entry)]
    return files, [_missing(files, [file.path for file in own], topic)]


def _missing(files: list[SubmittedFile], own: list[str], topic: TopicName) -> Problem:
    if not files:
        return problems.empty(topic.entry)
    if len(own) > 1:
        return problems.several_files(own, topic.entry)
    return problems.wrong_name(own or [file.path for file in files], topic.entry)


def text_problems(data: bytes, entry: str) -> list[Problem]:
    """What keeps these bytes from being a program's text: nothing there, or not UTF-8. A UTF-8 mark is fine."""
    if data.startswith(UTF16):
        return [problems.not_utf8(entry, "it is UTF-16", "它是 UTF-16")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        return [problems.not_utf8(entry, f"line {line} holds other bytes", f"第 {line} 行含有其他编码的字节")]
    if "\0" in text:
        return [problems.not_utf8(entry, "it holds zero bytes, as UTF-16 does", "它含有零字节(可能是 UTF-16)")]
    return [] if text.strip() else [problems.empty_file(entry)]


def disguises(files: Sequence[SubmittedFile]) -> list[str]:
    """Where a reader sees something else than Python does: "victim.py:7" for each such line."""
    code = [file for file in files if file.path.lower().endswith(".py")]
    lines = ((file.path, file.data.decode("utf-8", "replace").split("\n")) for file in code)
    return [f"{path}:{n}" for path, text in lines for n, line in enumerate(text, 1) if _disguised(line)]


def _disguised(line: str) -> bool:
    if line.isascii():
        return False
    mixed = (word for word in re.findall(r"\w+", line) if _CYRILLIC.search(word) and _LATIN.search(word))
    return bool(_REORDERING.search(line)) or any(mixed)


def shadows(path: str) -> bool:
    """A name that Python, pytest or the course would pick up instead of its own, if it ever looked there."""
    top, _, below = path.partition("/")
    name = top.lower()
    if not below:
        stem, _, suffix = name.rpartition(".")
        module = stem if suffix in ("py", "pyc", "pyd", "so", "pth") else ""
        return name in SETTINGS or suffix == "pth" or module in COURSE_NAMES or module in sys.stdlib_module_names
    package = name.endswith((".dist-info", ".egg-info")) or name in COURSE_NAMES or name in sys.stdlib_module_names
    return package and (below.endswith(".py") or "-info" in name)

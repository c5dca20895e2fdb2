"""From a student's file to the Submission that is handed in: what is packed, and what is said before."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UploadError, UsageError
from autograder.model.submission import SubmittedFile
from autograder.submissions.entry import shadows, text_problems
from autograder.submissions.notebook_cells import Unreadable, without_outputs
from autograder.submissions.notebook_entry import notebook_names, undone
from autograder.submissions.notebook_script import script
from autograder.submissions.topics import TopicFolder
from autograder.submissions.tree import MIB

LARGEST = 10 * MIB  # of one file
LARGEST_NOTEBOOK = 200 * MIB  # with its outputs
OUTPUTS_KEPT = 1 * MIB  # a larger notebook is handed in without its outputs


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files to hand in, the first one the topic's own; `warnings` are to be said, `syntax` is one of them."""

    path: Path
    files: tuple[SubmittedFile, ...]
    warnings: tuple[str, ...] = ()
    syntax: str = ""


def find_file(topic: TopicFolder, file: Path | None, places: Sequence[Path]) -> Path:
    """The student's file: `file` (or the right one in it, if it is a folder), else the one in `places`.

    Of a Python file and notebooks beside each other the one in which something was done.
    """
    if file is not None and not file.is_dir():
        if not file.is_file():
            raise UsageError("there is no such file", where=str(file), now="check the path")
        return file
    names = (topic.entry, *notebook_names(topic.module))
    looked = [place / name for place in ([file] if file else places) for name in names]
    found = {path.resolve(): path for path in looked if path.is_file()}
    if not found:
        raise UsageError(
            f"{topic.entry} is not there; looked for {', '.join(str(path) for path in looked[:: len(names)])}",
            now=f"name the file: autograder submit {topic.slug} FILE",
        )
    left = {path: undone(path.read_bytes()) for path in found.values()}
    python = [path for path in left if path.suffix == ".py"]
    begun = [path for path in left if left[path] < max(left.values())] or python or list(left)[:1]
    meant = {path.read_bytes(): path for path in {*begun, *(python if len(python) > 1 else ())}}
    if len(meant) > 1:
        raise UsageError(
            f"two different files could be meant: {' and '.join(map(str, sorted(meant.values())))}",
            now=f"name one: autograder submit {topic.slug} FILE",
        )
    return begun[-1]


def code_of(path: Path) -> tuple[bytes, list[str]]:
    """The text of the topic's file, made from a notebook if `path` is one, and what is to be said about that notebook.
    Raises UploadError if it can't be graded."""
    data = _bytes(path)
    if path.suffix.lower() == ".ipynb":
        try:
            made = script(data, path.name)
        except Unreadable as fault:
            raise UploadError(fault.problem.text.en, where=str(path)) from None
        return made.text.encode(), [problem.text.en for problem in made.problems]
    wrong = next(iter(text_problems(data, path.name)), None)
    if wrong:
        raise UploadError(wrong.text.en, where=str(path))
    return data, []


def prepare(topic: TopicFolder, path: Path) -> Prepared:
    """The file and the modules beside it that it imports. Raises UploadError if it can't be graded as it is."""
    data, said = code_of(path)
    notebook = path.suffix.lower() == ".ipynb"
    if path.name not in (topic.entry, *notebook_names(topic.module)) and not notebook:
        said.append(f"{path.name} is handed in under the name {topic.entry}")
    stub = topic.path / topic.entry
    if stub.is_file() and _untouched(data, stub.read_bytes(), notebook):
        said.append(f"{path.name} is still the unchanged stub, so it can't earn any points")
    syntax = "" if notebook else syntax_fault(data, path.name)
    if syntax:
        said.append(syntax)
    files = {topic.entry: data} | ({notebook_names(topic.module)[0]: _bytes(path)} if notebook else {})
    if not syntax:
        files |= {name: _bytes(path.parent / name) for name in _imported(path, data) if name not in files}
    return Prepared(path, tuple(SubmittedFile(name, files[name]) for name in files), tuple(said), syntax)


def _untouched(data: bytes, stub: bytes, notebook: bool) -> bool:
    return undone(data) == undone(stub) > 0 if notebook else _lines(stub) == _lines(data)


def _bytes(path: Path) -> bytes:
    notebook = path.suffix.lower() == ".ipynb"
    with path.open("rb") as file:
        data = file.read((LARGEST_NOTEBOOK if notebook else LARGEST) + 1)
    if notebook and OUTPUTS_KEPT < len(data) <= LARGEST_NOTEBOOK:
        data = without_outputs(data)
    if len(data) > LARGEST:
        raise UploadError(
            f"is larger than {LARGEST // MIB} MiB", where=str(path), now="hand in only the code you wrote"
        )
    return data


def _lines(data: bytes) -> list[bytes]:
    return [line.rstrip() for line in data.removeprefix(b"\xef\xbb\xbf").strip().splitlines()]


def syntax_fault(data: bytes, name: str) -> str:
    """`softmax.py:7: '(' was never closed`, or "" if Python can read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, name, "exec", dont_inherit=True)
    except SyntaxError as fault:
        return f"{name}:{fault.lineno or 1}: Python can't read this line: {fault.msg}"
    except (ValueError, MemoryError, RecursionError) as fault:
        return f"{name}: Python can't read this file: {fault or type(fault).__name__}"
    return ""


def _imported(path: Path, data: bytes) -> list[str]:
    """Files beside `path` that it imports, directly or through each other, by their paths relative to its folder.

    Of a package, every file. Names that would shadow Python's or the course's own modules are not taken.
    """
    folder = path.parent
    found: dict[str, None] = {}
    waiting = [data]
    while waiting:
        for module in _modules(waiting.pop()):
            for file in _files_of(folder, module.replace(".", "/")):
                name = file.relative_to(folder).as_posix()
                if name not in found and not shadows(name) and file.resolve() != path.resolve():
                    found[name] = None
                    waiting.append(_bytes(file))
    return sorted(found)


def _files_of(folder: Path, base: str) -> list[Path]:
    if (folder / base / "__init__.py").is_file():
        return sorted((folder / base).rglob("*.py"))
    return [folder / f"{base}.py"] if (folder / f"{base}.py").is_file() else []


def _modules(data: bytes) -> Iterable[str]:
    """The modules a text imports, each with the packages above it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))

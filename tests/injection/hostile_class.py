"""A small course, and a class whose students put a payload wherever student code has a say."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from payloads import FAMILIES, HARMLESS, PAYLOADS

MODULE = "letters"
TASKS = ("text", "keys", "thing", "printed", "raised", "named", "called", "library", "plain")
TOPIC = 'title: {en: "Letters", zh: "字母"}\ntasks:\n' + "".join(
    f'  - {{name: {name}, points: {20 if name == "text" else 10}, title: {{en: "{name}", zh: "{name}"}}}}\n'
    for name in TASKS
)
CHECKS = """\
import torch

from autograder.checks import compare
from autograder.checks.marks import check

HINT = {{"hint": "Read it again.", "zh": "再读一遍。"}}


@check("text.{which}", **HINT)
def test_text(submission):
    compare.equal(submission.text(), "right")


@check("keys.{which}", **HINT)
def test_keys(submission):
    compare.equal(submission.keys(), {{"right": 1}})


@check("thing.{which}", **HINT)
def test_thing(submission):
    compare.tensor(submission.thing())


@check("printed.{which}", **HINT)
def test_printed(submission):
    compare.same(submission.printed(), torch.ones(2))


@check("raised.{which}", **HINT)
def test_raised(submission):
    submission.raised()


@check("named.{which}", **HINT)
def test_named(submission):
    submission.build("student.called(thing)", thing=1)
    assert submission.thing().name == "right", f"the name is {{submission.text()}}"


@check("called.{which}", **HINT)
def test_called(submission):
    submission.called(lambda x: x)


@check("library.{which}", **HINT)
def test_library(submission):
    submission.library()


@check("plain.{which}", **HINT)
def test_plain(submission):
    compare.same(submission.plain(), torch.ones(2))
"""
CODE = """\
import sys
import torch

P = {payload!r}
NAME = P.replace("\\0", "").encode("utf-8", "replace").decode() or "x"


class Own(Exception):
    def __str__(self):
        return P


Own.__name__ = Own.__qualname__ = NAME
Thing = type(NAME, (), {{"name": P, "__repr__": lambda self: P, "__module__": P}})


def text():
    return P


def keys():
    return {{P: P, "x" + P: [P, (P, P)]}}


def thing():
    return Thing()


def printed():
    print(P)
    print(P, file=sys.stderr)
    return torch.zeros(2)


def raised():
    raise Own(P)  # {comment}


def called(function):
    if callable(function):
        function(P)
    raise Own(P)


def library():
    return torch.nn.Linear(2, 2)(torch.ones(3, 5)).backward(P)


def plain():
    return torch.zeros(3, 7)
"""
IMPORTS = {
    "raises": "P = {payload!r}\nraise type('Own', (Exception,), {{'__name__': P}})(P)\n",
    "syntax": "x = (  # {payload}\n",
    "missing": "__import__({payload!r})\n",
}
TWINS = ("Ada", "ada", "\u0430da")  # the last one begins with a Cyrillic letter


def make_course(root: Path) -> Path:
    exercise, solution = root / f"exercises/01_{MODULE}", root / f"solutions/01_{MODULE}"
    stub = "".join(f"def {name}():\n    raise NotImplementedError\n\n\n" for name in TASKS)
    for file, text in {
        root / "grading.yml": f'course: {{en: "Small", zh: "小"}}\ntopics:\n  - {{topic: {MODULE}}}\n',
        exercise / "topic.yml": TOPIC,
        exercise / "README.md": "# Letters\n",
        exercise / "README.zh.md": "# 字母\n",
        exercise / f"{MODULE}.py": stub,
        exercise / f"test_{MODULE}.py": CHECKS.format(which="visible"),
        solution / f"{MODULE}.py": stub.replace(
            "raise NotImplementedError", "# answer\n    return 1\n    # end answer"
        ),
        solution / f"test_{MODULE}_hidden.py": CHECKS.format(which="hidden"),
        solution / "NOTES.md": "# Notes\n",
    }.items():
        _write(file, text)
    return root


def make_class(root: Path) -> None:
    """The uploads of `s-<family>` (code that runs), `i-<kind>` (code that can't be imported), `n<number>` (a notebook),
    `t` (other files), TWINS, and things that are nobody's. Names are as hostile as a disk lets them be."""
    for family, payload in {**FAMILIES, "harmless": HARMLESS}.items():
        _write(root / f"s-{family}" / MODULE / f"{MODULE}.py", _code(payload))
    for kind, source in IMPORTS.items():
        payload = FAMILIES["markup"] + FAMILIES["terminal"]
        plain = "".join(char for char in payload if char.isprintable())
        _write(
            root / f"i-{kind}" / MODULE / f"{MODULE}.py", source.format(payload=plain if kind == "syntax" else payload)
        )
    for number, payload in enumerate(PAYLOADS.values()):
        name = file_name(payload)
        _write(root / f"n{number:02d}" / MODULE / f"{name}.ipynb", "{}")
        _write(root / "t" / MODULE / f"{name}.csv", "")
        _write(root / f"{name}nobody" / MODULE / f"{MODULE}.py", "")
        _write(root / "n00" / f"{name}topic" / "x.py", "")
    for number, payload in enumerate(FAMILIES.values()):
        record = {"format": payload, "student": payload, "topic": payload, "files": [{"path": payload}]}
        place = root / f"h{number}" / MODULE / "work.zip"
        _write(place, "")
        with zipfile.ZipFile(place, "w") as archive:
            archive.writestr("submission.json", json.dumps(record))
            archive.writestr("files/" + payload.replace("\0", "")[:200], "x")
    for student in TWINS:
        _write(root / student / MODULE / f"{MODULE}.py", "")


def _code(payload: str) -> str:
    comment = payload.encode("unicode_escape").decode()[:200]
    return CODE.format(payload=payload, comment=comment)


def file_name(payload: str) -> str:
    name = payload.replace("/", "\u2215").replace("\0", "").lstrip(".")[:60]
    return name.encode("utf-8", "replace")[:200].decode("utf-8", "ignore")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace")

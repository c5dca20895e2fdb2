"""Text for students without the places of the machine that graded: no folders of ours, no stack frames of ours."""

from __future__ import annotations

import re

LONGEST = 20_000  # characters that are looked through and kept; what is shown is cut far below

_FRAME = re.compile(r'(?P<before>\s*File ")(?P<path>/[^"\n]*|<[^"\n]*>)(?P<after>", line \d+.*)', re.DOTALL)
_OURS = re.compile(r"<frozen |.*/importlib/|/guest/|.*/autograder/\w+/\w+\.py\Z|<check>")
# Every path is a run of these characters, and is looked at from its start only: so this takes linear time.
_PART = r"[\w.+@~-]+/"
_START = r"(?<![\w.+@~:/…-])/"
_HOME = r"(?:lib/python3\.\d+/)?(?:site|dist)-packages/|lib/python3\.\d+/"  # where libraries lie
_LIBRARY = re.compile(rf"{_START}(?:{_PART})*?(?:{_HOME})")
_PATH = re.compile(rf"{_START}(?:{_PART})+(?=[\w.+@~-])")


def without_places(text: str) -> str:
    """`/home/staff/venv/lib/python3.11/site-packages/torch/x.py` as `torch/x.py`, any other absolute path as its last
    part, and tracebacks without the frames of the import system and of the grader."""
    if "/" not in text and 'File "' not in text:
        return text
    kept = _shortened(_without_frames(text[:LONGEST]))
    return kept if len(text) <= LONGEST else kept + " …"


def _shortened(text: str) -> str:
    return _PATH.sub("…/", _LIBRARY.sub("", text))


def _without_frames(text: str) -> str:
    kept: list[str] = []
    ours = False
    for line in text.split("\n"):
        frame = _FRAME.match(line)
        if frame:
            ours = _OURS.match(frame["path"]) is not None
        elif not line.startswith("    "):
            ours = False
        if frame and not ours:
            kept.append(frame["before"] + _file(frame["path"]) + frame["after"])
        elif not ours:
            kept.append(line)
    return "\n".join(kept)


def _file(path: str) -> str:
    """The path as its library knows it, or its last part; folders with spaces are no obstacle here."""
    library = re.split(f"/(?:{_HOME})", path)
    return library[-1] if len(library) > 1 or not path.startswith("/") else path.rpartition("/")[2]

"""Which paths inside an upload are safe, and which files in it are nobody's work."""

from __future__ import annotations

import re
import unicodedata

from autograder.submissions.look_alikes import UNDRAWN

LONGEST_PART = 240  # bytes of one name
LONGEST_PATH = 1000  # bytes of a whole path
DEEPEST = 16  # folders

SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip")  # of archives; the longest first
IGNORED = {"__pycache__", "__macosx", "venv", "node_modules", "thumbs.db", "desktop.ini", "expected.yml"}

# Marks piled up over a letter, and what is drawn as nothing: printable for Python, not for people.
_ODD = re.compile(f"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{{5}}|[{''.join(map(chr, sorted(UNDRAWN)))}]")


class UnsafePath(ValueError):
    """A path that must not be used. `code` is a key of `flaws.SAYINGS`, `prefix` the part that is still safe."""

    def __init__(self, code: str, prefix: str = "") -> None:
        self.code, self.prefix = code, prefix
        super().__init__(code)


def clean_path(name: str) -> str:
    """The path with `/`, in NFC, without `.` and empty parts; "" for the root itself. Raises UnsafePath."""
    if name.startswith("/"):
        raise UnsafePath("absolute")
    if re.match(r"[A-Za-z]:", name):
        raise UnsafePath("drive")
    parts: list[str] = []
    for part in unicodedata.normalize("NFC", name).split("/"):
        if part in ("", "."):
            continue
        code = _fault(part)
        if code:
            raise UnsafePath(code, "/".join(parts))
        parts.append(part)
    path = "/".join(parts)
    if len(parts) > DEEPEST or len(path.encode()) > LONGEST_PATH:
        raise UnsafePath("too-deep", "/".join(parts[:2]))
    return path


def _fault(part: str) -> str:
    if part == "..":
        return "outside"
    if "\\" in part:
        return "backslash"
    if any("\ud800" <= char <= "\udfff" for char in part):
        return "not-utf8-name"
    if any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in part):
        return "control"
    return "too-deep" if len(part.encode()) > LONGEST_PART else ""


def ignored(path: str) -> bool:
    """Left out everywhere: hidden files and folders, caches, environments, leftovers of desktops, `expected.yml`.

    `expected.yml` is the label of a sample submission: what must come out of grading it.
    """
    return any(part.startswith(".") or part.casefold() in IGNORED for part in path.split("/"))


def fold(path: str) -> str:
    """Equal for two paths that are one file on some computer: another case, another way of typing accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def shown(name: str, longest: int = 120) -> str:
    """A name from an upload as it may be printed: escaped where it is not plain text, and cut."""
    text = (
        name
        if name.isprintable() and not _ODD.search(name)
        else name.encode("unicode_escape", "backslashreplace").decode("ascii")
    )
    return text if len(text) <= longest else text[: longest - 1] + "…"


def is_archive(name: str) -> bool:
    """By its suffix."""
    return name.lower().endswith(SUFFIXES)


def archive_stem(name: str) -> str:
    """The name without the suffix of an archive: `ada.tar.gz` -> `ada`."""
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)]

"""What of this machine a sandbox may see: the system's libraries, this Python, the guest's own files. Nothing else.

Theory of operation. The list is made on the grader's side and carried out by the zygote. Folders that must not be
seen (the course, this program's own package) may lie below one that must, for example a course in /usr/local, or this
program installed in the environment that PyTorch lives in: they are covered by an empty folder. An environment inside
the course's folder is bound as itself. Whatever is on the list has to be there: a missing path is an error, never
skipped.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import autograder
from autograder.errors import IsolationError

# The program's files that a sandbox needs, and so a student can read: no check, no expected value, no policy.
GUEST_FILES = (
    "__init__.py",
    "sandbox/__init__.py",
    "sandbox/bridge.py",
    "sandbox/canary_guest.py",
    "sandbox/channel.py",
    "sandbox/decode.py",
    "sandbox/encode.py",
    "sandbox/guest.py",
    "sandbox/guest_ops.py",
    "sandbox/guest_trace.py",
    "sandbox/jail.py",
    "sandbox/limits.py",
    "sandbox/seccomp.py",
    "sandbox/syscalls.py",
    "sandbox/tape.py",
    "sandbox/warm.py",
    "sandbox/wire.py",
    "sandbox/zygote.py",
)
_FOLDERS = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32")
_SYSTEM = (*_FOLDERS, "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d")
_TAKEN = ("/box", "/private", "/guest", "/dev", "/proc", "/etc", "/mnt")  # places of the sandbox's own
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_PACKAGE = Path(autograder.__file__).parent
_CHECKOUT = [_PACKAGE.parent] if (_PACKAGE.parent / "pyproject.toml").exists() else []  # not if it is installed


def visible() -> list[str]:
    """Absolute paths of this machine that a sandbox sees, read-only.

    Raises IsolationError if PyTorch or numpy isn't installed, or if Python lives where the sandbox keeps its own files.
    """
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *libraries()}
    python |= {os.path.realpath(path) for path in python}
    for path in python:
        if any(_inside(path, place) for place in _TAKEN) or path == "/":
            now = "install Python and PyTorch elsewhere, for example in /opt or in a home"
            raise IsolationError("a sandbox has files of its own at this place", where=path, now=now)
    return [path for path in _SYSTEM if os.path.lexists(path)] + sorted(python - set(_SYSTEM))


def libraries() -> list[str]:
    """The folders that PyTorch and numpy are imported from; they may lie outside the environment (a user's site)."""
    folders = []
    for name in ("torch", "numpy"):
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            now = "install it: ./run setup, or pip install 'autograder[grade]'"
            raise IsolationError(f"{name} isn't installed for this Python", where=sys.executable, now=now)
        folders.append(str(Path(spec.origin).parent.parent))
    return list(dict.fromkeys(folders))


def _inside(path: str, place: str) -> bool:
    """Whether `path` is `place` or lies below it."""
    return path == place or path.startswith(place.rstrip("/") + "/")


def plan(hide: Iterable[Path]) -> list[tuple[str, str]]:
    """Steps for the zygote: ("bind", path) for what is seen, ("hide", path) for folders below it that aren't."""
    steps = [("bind", path) for path in visible()]
    hidden = sorted({os.path.realpath(folder) for folder in (_PACKAGE, *_CHECKOUT, *hide)})
    for _, path in tuple(steps):
        real = os.path.realpath(path)
        if real in hidden:
            now = (
                "move the course (the results, the keys), or make the environment in a folder of its own such as .venv"
            )
            raise IsolationError("Python is installed in the folder that students must not see", where=path, now=now)
        if not os.path.islink(path):  # a link stays a link, and what it points to is on the list
            below = [folder for folder in hidden if _inside(folder, real) and os.path.isdir(folder)]
            # what lies in a folder that is seen empty is not there to be covered a second time
            outer = [one for one in below if not any(one != other and _inside(one, other) for other in below)]
            steps += [("hide", path + folder[len(real) :]) for folder in outer]
    return list(dict.fromkeys(steps))


def guest_files(more: Mapping[str, Path]) -> dict[str, str]:
    """Names below /guest to files of this machine: the guest's own and `more`."""
    own = {f"autograder/{name}": str(_PACKAGE / name) for name in GUEST_FILES}
    return own | {name: str(path.absolute()) for name, path in more.items()}


def devices(device: str) -> list[str]:
    """The device nodes a sandbox sees; with "cuda" the driver's too."""
    if device != "cuda":
        return list(_DEVICES)
    gpu = [str(path) for path in sorted(Path("/dev").glob("nvidia*")) if path.is_char_device()]
    gpu += [str(path) for path in sorted(Path("/dev/nvidia-caps").glob("*")) if path.is_char_device()]
    if not gpu:
        raise IsolationError("there is no NVIDIA device", where="/dev/nvidia*", now="grade with --device cpu")
    return [*_DEVICES, *gpu]

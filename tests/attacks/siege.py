"""Lets every attack loose on the whole program at once, and looks at what is left of the world around it.

The class is graded by the command an instructor uses, in a process of its own that would inherit every process the
command leaves behind. Around it lie things to reach for: a readable file, a folder anybody may write to, a TCP and a
UDP port, a named and an abstract socket, a secret in the command's environment, another student's work.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from account import Account
from attack import COURSE, ENTRY, WRONG, Attack

import autograder

PROGRAM = Path(autograder.__file__).parent
SECRET = "canary-outside-51ab"  # in files, the environment and on the command line
HIDDEN = "canary-7d41c0ffee"  # in the hidden checks
HONEST, CORRECT = "honest", "zz-correct"  # two more students: wrong and right answers, the latter graded last


@dataclass(frozen=True)
class Aftermath:
    """What is known when the class is graded. `results`: student -> the plain data of the topic's result."""

    exit_code: int
    said: str
    results: dict[str, dict[str, Any]]
    reports: Path
    left: list[str]  # processes that outlived the command
    reached: list[str]  # sockets somebody connected to, files somebody made or changed


def besiege(attacks: list[Attack], account: Account) -> Aftermath:
    """Grade a class of `attacks` and report. The caller removes `reports`' parent."""
    place = Path(tempfile.mkdtemp(prefix="siege-", dir="/var/tmp"))
    course = shutil.copytree(COURSE, place / "course")
    with world(place) as (where, reached):
        _write_class(attacks, place / "class", where)
        account.own(place)
        before = _fingerprint(course, PROGRAM, place / "class", place / "world")
        code, said, left = _grade(place, account)
        changed = _fingerprint(course, PROGRAM, place / "class", place / "world").items() ^ before.items()
    reports, results = place / "reports", _results(place)
    return Aftermath(code, said, results, reports, left, reached + sorted(changed))


def _write_class(attacks: list[Attack], folder: Path, where: dict[str, Any]) -> None:
    for attack in attacks:
        attack.write(folder / attack.name / "victim", where)
    solution = COURSE / "solutions" / "01_victim" / ENTRY
    for student, source in ((HONEST, WRONG), (CORRECT, solution)):
        (folder / student / "victim").mkdir(parents=True)
        shutil.copy(source, folder / student / "victim" / ENTRY)


@contextmanager
def world(place: Path) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Things outside; the list fills, at the end, with those that were reached."""
    world = place / "world"
    (world / "open").mkdir(parents=True)
    os.chmod(world / "open", 0o777)
    (world / "readable.txt").write_text(SECRET)
    with ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        named, abstract = (stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        named.bind(str(world / "named.sock"))
        os.chmod(world / "named.sock", 0o777)
        abstract.bind(f"\0siege-{place.name}")
        listening = {"tcp": tcp, "udp": udp, "named": named, "abstract": abstract}
        for each in (named, abstract):
            each.listen()
        for each in listening.values():
            each.setblocking(False)
        reached: list[Any] = []
        yield (
            {
                "tcp": tcp.getsockname()[1],
                "udp": udp.getsockname()[1],
                "named": str(world / "named.sock"),
                "abstract": f"siege-{place.name}",
                "readable": str(world / "readable.txt"),
                "open": str(world / "open"),
                "course": str(place / "course"),
                "hidden": str(place / "course" / "solutions" / "01_victim" / "test_victim_hidden.py"),
                "other": str(place / "class" / CORRECT / "victim" / ENTRY),
                "database": str(place / "class.db"),
                "reports": str(place / "reports"),
                "program": str(PROGRAM),
                "pid": os.getpid(),
                "secret": SECRET[:6] + "-outside-",  # what a stolen text begins with
            },
            reached,
        )
        reached += [name for name, each in listening.items() if _called(each)]


def _called(listening: socket.socket) -> bool:
    try:
        listening.recv(1) if listening.type == socket.SOCK_DGRAM else listening.accept()
    except BlockingIOError:
        return False
    return True


def _grade(place: Path, account: Account) -> tuple[int, str, list[str]]:
    """The command's exit code, what it said, and the processes that it left."""
    log, left = place / "log", place / "left.json"
    command = [account.python, "-m", "autograder", "grade", str(place / "class"), "--course", str(place / "course")]
    command += ["--db", str(place / "class.db"), "--reports", str(place / "reports"), "--seed", "7", "--jobs", "2"]
    watched = [account.python, str(Path(__file__).with_name("watcher.py")), str(left), *command, "--quiet"]
    with log.open("wb") as output:
        code = account.run(watched, {"HOME": str(place), "SIEGE_SECRET": SECRET}, output).returncode
    return code, log.read_text(errors="replace"), json.loads(left.read_text())


def _results(place: Path) -> dict[str, dict[str, Any]]:
    from autograder.model.plain import to_plain
    from autograder.store.store import Store

    with Store.open(place / "class.db") as store:
        return {result.student: dict(to_plain(result)) for result in store.current()}


def _fingerprint(*folders: Path) -> dict[str, str]:
    """Path -> kind, mode and content of everything below, without Python's caches."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if "__pycache__" not in path.parts:
                content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
                found[str(path)] = f"{path.lstat().st_mode:o} {content}"
    return found

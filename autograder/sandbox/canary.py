"""Before any student's code: two sandboxes of our own try to break the wall, and must fail at everything.

Theory of operation. That a system call returned without an error proves nothing (a user namespace can be made and be
powerless), so the wall is proven by what it does. Two kinds of evidence. Facts: what the kernel says about the
canaries' processes, read from outside in /proc where nothing inside could forge it, and, as the canaries are our own
code, what they see of themselves. Attacks: what a student might try, each of which must be refused (canary_guest.py).
Two canaries run at the same time, because two sandboxes must not meet either. Anything found, and anything not known,
is a reason not to grade.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import IsolationError, WorkerLost
from autograder.model.course import Limits
from autograder.sandbox import jail, limits, needs, runtime
from autograder.sandbox.process import WallProcess
from autograder.scratch import Scratch

if TYPE_CHECKING:
    from autograder.sandbox.launcher import Zygote

_LIMITS = Limits(cpu_s=5.0, memory_mb=64, disk_mb=4, output_kb=64, inodes=64)
_ANSWER_S = 60.0  # takes milliseconds where nothing else runs
_ETC = {"group", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "nsswitch.conf", "passwd"}
_OWN_PLACES = {"box", "dev", "etc", "guest", "private", "proc", "tmp"}
_NAMESPACES = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")
# Every layer that is proven, and what it keeps a student's code from; the first is the zygote's, all others a sandbox's
LAYERS = {
    "root directory": "files of the machine, of the course and of other students",
    "pid": "other processes",
    "session": "signals to processes outside",
    "files": "files that the grader has open",
    "namespaces": "mounts, shared memory and names of the machine",
    "net": "the network, and services of this machine",
    "disk": "full disks, and meeting other sandboxes by files",
    "user": "the rights of the user who grades",
    "limits": "memory, open files, processes without end",
    "capabilities": "powers over the kernel",
    "death": "outliving the grader",
    "seccomp": "the rest of the kernel: new processes, programs, locks, tracing",
}
_STOPPED_BY = {  # first word of an attack: the layer that should stop it
    "connect": "net",
    "signal": "pid",
    "see": "disk",
    "change": "user",
    "use": "limits",
    "read": "root directory",
    "write": "root directory",
}
Hole = tuple[str, str]  # layer, what is wrong


def require(holes: list[str]) -> None:
    """Raise IsolationError if there are any."""
    if holes:
        now = "nothing is graded until this is repaired; `autograder doctor` says what this machine offers"
        raise IsolationError("the wall doesn't hold: " + "; ".join(holes), where="isolation", now=now)


def prove(zygote: Zygote, without: Sequence[str] = ()) -> list[str]:
    """The holes found, in words; none if every layer holds. `without` leaves layers off, to test this test.

    Raises IsolationError where the canaries can't be started, or have nothing to try.
    """
    found = examine(zygote, without)
    return list(dict.fromkeys(hole for holes in found.values() for hole in holes))


def examine(zygote: Zygote, without: Sequence[str] = ()) -> dict[str, list[str]]:
    """`prove`, by layer: a layer without a hole is proven."""
    found: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    with ExitStack() as stack:
        first, second = (stack.enter_context(_Canary(zygote, without)) for _ in range(2))
        targets = stack.enter_context(_targets())
        if zygote.device == "cuda":
            targets["memory"] = 1 << 50  # a limit on memory can't be had there; said in the notes of every result
        try:
            for layer, hole in _holes(first, second, targets, zygote.device):
                if hole not in found[layer]:
                    found[layer].append(hole)
        except (OSError, ValueError, KeyError) as error:
            if any(canary.process.ended(0.0).outside for canary in (first, second)):
                raise WorkerLost("a canary was killed from outside", where="zygote", now="try again") from error
            said = first.process.output(2000).decode(errors="replace").strip()
            for layer in LAYERS:
                found[layer].append(f"the canary could not finish: {error!r} {said}")
    return found


def _holes(first: _Canary, second: _Canary, targets: dict[str, Any], device: str) -> Iterator[Hole]:
    yield from _judge_process(first, device)
    yield from _judge_view(first, second)
    for deed in first.ask("attack", targets):
        yield _STOPPED_BY.get(deed.split()[0], "seccomp"), f"a sandbox can {deed}"
    left = first.ask("leave")
    if not left or "abstract socket" in left:
        yield "disk", f"a sandbox can write to {left}, where it should be /box, /tmp and /dev/shm"
    for place in second.ask("find"):
        yield "disk" if place.startswith("/") else "net", f"two sandboxes meet at {place}"
    yield from _judge_disk(first)


def prove_workers(zygote: Zygote) -> list[str]:
    """The holes found in a sandbox that may start processes: how many it can start, and what they hold together."""
    wanted, most = replace(_LIMITS, processes=2), limits.tasks(2)
    with _Canary(zygote, limits=wanted) as canary:
        started = canary.ask("forks", 4 * most)
        shared = {note.name: note.enforced for note in canary.process.notes}["memory"].startswith("kernel: cgroup")
    holes = [] if 0 < started <= most else [f"a sandbox could start {started} processes, not 1 to {most}"]
    if shared:
        with _Canary(zygote, limits=wanted) as canary:
            with suppress(OSError, ValueError):  # the kernel may choose the canary itself
                canary.ask("hoard", [2, wanted.memory_mb << 20])
            if not canary.process.ended(0.0).memory_hit:
                holes.append("processes of a sandbox could hold more memory together than allowed")
    return holes


class _Canary:
    """A sandbox in which `canary_guest` serves."""

    def __init__(self, zygote: Zygote, without: Sequence[str] = (), limits: Limits = _LIMITS) -> None:
        from autograder.sandbox.launcher import CANARY

        self.process: WallProcess = zygote.spawn_guest(limits, CANARY, without)
        self.process.sock.settimeout(_ANSWER_S)
        self._lines = self.process.sock.makefile("rwb")

    def __enter__(self) -> _Canary:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self.process.close()

    def ask(self, name: str, argument: object = None) -> Any:
        self._lines.write(json.dumps([name, argument]).encode() + b"\n")
        self._lines.flush()
        return json.loads(self._lines.readline())

    def status(self) -> dict[str, str]:
        """What the kernel says in /proc/PID/status."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@contextmanager
def _readable() -> Iterator[Path]:
    """A file that everybody on this machine can read."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(Scratch(Path("/tmp"), "autograder-canary-"))
            folder.chmod(0o755)
            secret = folder / "readable"
            secret.write_bytes(b"secret")
        except OSError as error:
            now = needs.remedy("/tmp", "")
            raise IsolationError(f"no file can be made: {error.strerror}", where="/tmp", now=now) from error
        yield secret


@contextmanager
def _targets() -> Iterator[dict[str, Any]]:
    """Things outside that a sandbox must not reach: readable files, a TCP port, an abstract socket, the grader."""
    with (
        _readable() as secret,
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as unix,
    ):
        abstract = f"{secret.parent.name}-{os.getpid()}"
        unix.bind("\0" + abstract)
        unix.listen()
        own = str(Path(runtime.__file__).with_name("launcher.py"))
        yield {
            "outside": [str(secret), f"/proc/1/root{secret}", f"/usr/..{secret}", own, "/etc/hostname"],
            "read_only": ["/", "/usr", "/etc", "/dev", "/guest", "/guest/autograder", os.path.dirname(os.__file__)],
            "port": tcp.getsockname()[1],
            "abstract": abstract,
            "pid": os.getpid(),
            "memory": (_LIMITS.memory_mb + limits.ARENA_MB + 64) << 20,
        }


def _judge_process(canary: _Canary, device: str) -> Iterator[Hole]:
    """What the kernel says about the process, from outside."""
    status, pid = canary.status(), canary.process.pid
    if status["Seccomp"] != "2":
        yield "seccomp", "no seccomp filter is loaded"
    if status["NoNewPrivs"] != "1":
        yield "seccomp", "no_new_privs is not set"
    if any(int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")):
        yield "capabilities", "capabilities are left"
    if "0" in status["Uid"].split() + status["Gid"].split():
        yield "user", "it runs as the machine's root"
    if status["NSpid"].split()[-1:] != ["1"]:
        yield "pid", "it is not the first process of a pid namespace of its own"
    if status["NSsid"].split()[0] != str(pid):
        yield "session", "it has no session of its own"
    maps = [Path(f"/proc/{pid}/{name}").read_text().split() for name in ("uid_map", "gid_map")]
    if any(len(ids) != 3 or ids[0] != str(jail.NOBODY) or ids[1] == "0" or ids[2] != "1" for ids in maps):
        yield "user", "it has no user namespace that maps one ordinary user alone"
    yield from _judge_rlimits(pid, device)


def _judge_rlimits(pid: int, device: str) -> Iterator[Hole]:
    names = {"AS": "Max address space", "FSIZE": "Max file size", "NOFILE": "Max open files", "NPROC": "Max processes"}
    names |= {"CPU": "Max cpu time", "CORE": "Max core file size", "MEMLOCK": "Max locked memory"}
    said = Path(f"/proc/{pid}/limits").read_text().splitlines()
    wanted = limits.rlimits({name: getattr(_LIMITS, name) for name in _LIMITS.__slots__}, 0, device)
    for key, name in names.items():
        hard = next(line for line in said if line.startswith(name))[len(name) :].split()[1]
        exact = hard == str(wanted[key])
        at_most = key == "AS" and (device == "cuda" or (hard.isdigit() and int(hard) < wanted[key] + (4 << 30)))
        if not exact and not at_most:
            yield "limits", f"the limit {name!r} is {hard}, not {wanted[key]}"


def _judge_view(first: _Canary, second: _Canary) -> Iterator[Hole]:
    """What two canaries see of themselves, of each other and of the machine."""
    one, other = first.ask("facts"), second.ask("facts")
    for kind in _NAMESPACES:
        mine = os.readlink(f"/proc/self/ns/{kind}")
        if len({mine, one["namespaces"][kind], other["namespaces"][kind]}) != 3:
            layer = kind if kind in LAYERS else "namespaces"
            yield layer, f"two sandboxes, or a sandbox and the grader, share a {kind} namespace"
    if len(one["descriptors"]) != 4:
        yield "files", f"it has the open files {one['descriptors']}, not its output and one socket alone"
    if one["outputs"] != ["/dev/null", *["/memfd:output (deleted)"] * 2]:
        yield "files", f"its standard streams are {one['outputs']}"
    if one["processes"] != ["1"]:
        yield "disk", f"it sees the processes {one['processes']}, not itself alone"
    if one["death_signal"] != signal.SIGKILL:
        yield "death", "it would outlive the zygote"
    tops = {path.split("/")[1] for path in runtime.visible()}
    if strange := set(one["root"]) - tops - _OWN_PLACES:
        yield "root directory", f"it sees {', '.join(sorted(strange))} in the root directory"
    if strange := set(one["etc"]) - _ETC:
        yield "root directory", f"it sees {', '.join(sorted(strange))} in /etc"


def _judge_disk(canary: _Canary) -> Iterator[Hole]:
    size = _LIMITS.disk_mb << 20
    if unreadable := canary.ask("unreadable", _needed()):
        yield "root directory", f"it can't read {unreadable[0]}: chmod -R a+rX on that folder"
    made = canary.ask("litter", 4 * _LIMITS.inodes)
    if not 0 < made <= _LIMITS.inodes:
        yield "disk", f"it could make {made} files, not {_LIMITS.inodes}"
    written = canary.ask("fill", 4 * size)
    if not 0 < written <= size:
        yield "disk", f"it could write {written} bytes to its disk of {size}"


def _needed() -> list[str]:
    """Files of PyTorch and numpy that a sandbox has to read, whoever installed them with whatever umask."""
    folders = [Path(folder) / name for folder in runtime.libraries() for name in ("torch", "torch/lib", "numpy")]
    return [str(file) for folder in folders for file in sorted(folder.glob("*.*"))[:20] if file.is_file()]

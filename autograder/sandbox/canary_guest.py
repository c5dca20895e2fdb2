"""What the canary does inside its sandbox: tries to get out, and says what worked. Read inside the sandbox.

One JSON request per line, `[name, argument]`, one JSON answer per line. Every attack here must be refused; an attack
that works is a hole in the wall, and the grader then grades nothing. No student's code is near when these run.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from autograder.sandbox import syscalls

MARK = "canary-mark"
_NEWUSER = 0x10000000
# Calls that must be refused by the filter itself (EPERM), whatever their arguments
_CALLS: dict[str, tuple[int | bytes | None, ...]] = {
    "unshare": (_NEWUSER,),
    "setns": (0, 0),
    "mount": (None, b"/", None, 0, None),
    "pivot_root": (b".", b"."),
    "ptrace": (0, 0, None, None),
    "process_vm_readv": (1, None, 0, None, 0, 0),
    "keyctl": (0, -3, 0),
    "bpf": (0, None, 0),
    "io_uring_setup": (1, None),
    "memfd_create": (b"x", 0),
    "execve": (None, None, None),
    "seccomp": (99, 0, None),
    "capset": (None, None),
    "socket": (40, 1, 0),  # AF_VSOCK, which network namespaces don't stop
}


def _works(attack: Callable[[], object]) -> bool:
    try:
        attack()
    except (OSError, MemoryError):
        return False
    return True


def _connect(family: int, address: Any) -> None:
    with socket.socket(family) as sock:
        sock.settimeout(1.0)
        sock.connect(address)


def _allowed(name: str) -> bool:
    """Whether the kernel got as far as looking at the arguments of a call that the filter should refuse."""
    try:
        syscalls.call(name, *_CALLS[name])
    except OSError as error:
        return error.errno not in (errno.EPERM, errno.EAFNOSUPPORT)
    return True


def _fork() -> None:
    if pid := os.fork():
        os.waitpid(pid, 0)
    else:
        os._exit(0)


def _read(path: str) -> None:
    with open(path, "rb") as file:
        file.read(1)


def _lock(lock: Callable[[Any, int], object]) -> None:
    with open("/guest/autograder/__init__.py") as shared:
        lock(shared, fcntl.LOCK_SH)


def attack(targets: dict[str, Any]) -> list[str]:
    """Try everything; the answer names what worked. `targets` says where the grader is and what lies outside."""
    attacks: dict[str, Callable[[], object]] = {
        "connect to the machine by TCP": lambda: _connect(socket.AF_INET, ("127.0.0.1", targets["port"])),
        "connect to the machine by an abstract socket": lambda: _connect(socket.AF_UNIX, "\0" + targets["abstract"]),
        "signal the grader": lambda: os.kill(targets["pid"], 0),
        "see the grader": lambda: os.stat(f"/proc/{targets['pid']}"),
        "lock a shared file with flock": lambda: _lock(fcntl.flock),
        "lock a shared file with fcntl": lambda: _lock(fcntl.lockf),
        "forget to die with the zygote": lambda: syscalls.prctl(syscalls.PR_SET_PDEATHSIG, 0),
        "change its user": lambda: os.setuid(0),
        "start a process": _fork,
        "use more memory than allowed": lambda: bytearray(targets["memory"]),
    }
    attacks |= {f"read {path}": partial(_read, path) for path in targets["outside"]}
    attacks |= {f"write to {place}": partial(os.mkdir, f"{place}/{MARK}") for place in targets["read_only"]}
    worked = [name for name, way in attacks.items() if _works(way)]
    return worked + [f"make the system call {name}" for name in _CALLS if _allowed(name)]


def facts(_: Any) -> dict[str, Any]:
    """What only the sandbox itself can say on every machine: its namespaces, files, processes, signal of death."""
    descriptors = [int(name) for name in os.listdir("/proc/self/fd")]
    return {
        "namespaces": {kind: os.readlink(f"/proc/self/ns/{kind}") for kind in os.listdir("/proc/self/ns")},
        "descriptors": sorted(fd for fd in descriptors if _works(partial(os.fstat, fd))),
        "processes": [name for name in os.listdir("/proc") if name.isdigit()],
        "death_signal": _death_signal(),
        "root": sorted(os.listdir("/")),
        "etc": sorted(os.listdir("/etc")),
        "outputs": [os.readlink(f"/proc/self/fd/{fd}") for fd in (0, 1, 2)],
    }


def _death_signal() -> int:
    import ctypes

    answer = ctypes.c_int(-1)
    ctypes.CDLL(None).prctl(2, ctypes.byref(answer), 0, 0, 0)
    return answer.value


def fill(limit: int) -> int:
    """Write to the private disk until it is full, at most `limit` bytes: how many there was room for."""
    written = 0
    try:
        with open("/box/fill", "wb", buffering=0) as file:
            while written < limit:
                written += file.write(bytes(1 << 20))
    except OSError:
        pass
    return written


def litter(limit: int) -> int:
    """Make empty files on the private disk until there is room for none, at most `limit`, and remove them again."""
    made = []
    try:
        for number in range(limit):
            os.close(os.open(f"/box/{number}", os.O_CREAT | os.O_WRONLY))
            made.append(f"/box/{number}")
    except OSError:
        pass
    for path in made:
        os.unlink(path)
    return len(made)


def unreadable(paths: list[str]) -> list[str]:
    """Those of the files that can't be read."""
    return [path for path in paths if not _works(partial(_read, path))]


def leave(_: Any) -> list[str]:
    """Leave traces where another sandbox might find them: the places that could be written to."""
    places = [place for place in ("/box", "/tmp", "/dev/shm") if _works(partial(_trace, place))]
    return places + (["abstract socket"] if _works(_listen) else [])


def _trace(place: str) -> None:
    with open(f"{place}/{MARK}", "w") as file:
        file.write(MARK)


def _listen() -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"\0{MARK}")
    listener.listen()
    _kept.append(listener)


_kept: list[socket.socket] = []


def find(_: Any) -> list[str]:
    """The traces of another sandbox that can be found."""
    found = [place for place in ("/box", "/tmp", "/dev/shm") if os.path.exists(f"{place}/{MARK}")]
    return found + (["abstract socket"] if _works(lambda: _connect(socket.AF_UNIX, f"\0{MARK}")) else [])


def forks(most: int) -> int:
    """Start processes that do nothing until there may be no more, at most `most`: how many there are."""
    for count in range(most):
        try:
            if os.fork() == 0:
                time.sleep(60)
        except OSError:
            return count
    return most


def burn(seconds: float) -> None:
    """Compute for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def hoard(task: list[int]) -> None:
    """Let `task[0]` processes, one after the other, fill three quarters of `task[1]` bytes each and keep them."""
    count, size = task
    for _ in range(count):
        done, tell = os.pipe()
        if os.fork() == 0:
            block = bytearray(size // 4 * 3)
            block[:: 1 << 12] = bytes(len(range(0, len(block), 1 << 12)))
            os.write(tell, b"full")
            time.sleep(60)
        os.close(tell)
        os.read(done, 4)  # or the end of the file, if it was killed
        os.close(done)


_REQUESTS: dict[str, Callable[[Any], Any]] = {
    "attack": attack,
    "facts": facts,
    "fill": fill,
    "litter": litter,
    "unreadable": unreadable,
    "leave": leave,
    "find": find,
    "forks": forks,
    "burn": burn,
    "hoard": hoard,
}


def main(sock: socket.socket, _: dict[str, Any]) -> None:
    """Serve requests until the grader closes the socket."""
    with sock, sock.makefile("rwb") as lines:
        for line in lines:
            name, argument = json.loads(line)
            lines.write(json.dumps(_REQUESTS[name](argument)).encode() + b"\n")
            lines.flush()

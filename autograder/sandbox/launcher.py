"""The grader's handle on a zygote: starts it, asks it for sandboxes, hears how they ended.

Theory of operation. The zygote is a new program with a clean environment (huge pages for its heap, which halve the
cost of a fork; one thread; no variable of the grader's) in a session of its own, so that Ctrl-C at a terminal reaches
only the grader. They talk over one socket of messages. A sandbox is asked for with three file descriptors: its end of
a new socket pair, a memory file for what it prints, and a pipe in which it says that it is sealed or which layer
failed. `spawn` returns only when it is sealed, so nothing weaker is ever handed out. The memory file can only grow,
so its size says how much was printed.

Before the first student's code the canary has to prove every layer (canary.py). Whatever can't be had raises
IsolationError, which says the layer, the kernel's answer and what to do; nothing is ever left off in silence.
"""

from __future__ import annotations

import errno
import fcntl
import itertools
import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from autograder.errors import IsolationError, Shortage, WorkerLost
from autograder.sandbox import cgroups, limits, needs, runtime
from autograder.sandbox.control import Control
from autograder.sandbox.process import Accounting, WallProcess, Warm, pid_of

if TYPE_CHECKING:
    from autograder.model.course import Limits
    from autograder.sandbox.cgroups import Group

GUEST = "autograder.sandbox.guest"
CANARY = "autograder.sandbox.canary_guest"
_START_S, _SPAWN_S, _END_S = 180.0, 60.0, 5.0  # seconds after which a start, a fork, an end is given up
_FIRST_ID, _IDS = 200_000, 65_536
_BOOT = (
    "import socket, sys; sys.path.insert(0, sys.argv[1]); from autograder.sandbox import zygote; "
    "zygote.main(socket.socket(fileno=int(sys.argv[2])))"
)
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/box",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",  # a set of strings has the same order in every run
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # so that asking for a GPU doesn't start CUDA, which forbids forking
}


class Zygote:
    """One zygote. Raises IsolationError if any layer of the wall can't be had on this machine."""

    def __init__(
        self,
        device: str = "cpu",
        preload: Sequence[str] | None = (),
        *,
        hide: Sequence[Path] = (),
        files: Mapping[str, Path] | None = None,
        guest: str = GUEST,
        prove: bool = True,
    ) -> None:
        """`device`: "cpu" or "cuda". `preload`: more modules to import before the first fork, never a student's; None
        leaves out even PyTorch: the same wall, in a tenth of the time.
        `hide`: folders no sandbox may see (the course), in case they lie below one that it does see.
        `files`: more files for the sandbox, by their names below /guest, which is on its import path.
        `guest`: the module whose `main(sock, spec)` serves in the sandbox. `prove`: whether the canary runs first.
        """
        needs.require(device)
        self.device, self.guest = device, guest
        self._numbers = itertools.count(1)
        self._uids: dict[int, int] = {}  # sandbox -> its user id inside the zygote's namespace
        self._first_id = _first_id() if os.geteuid() == 0 else None
        config = {
            "grader": os.getpid(),
            "first_id": self._first_id,
            "device": device,
            "pytorch": preload is not None,
            "preload": list(dict.fromkeys([*(preload or ()), guest, CANARY])),
            "plan": runtime.plan(hide),
            "path": runtime.libraries(),
            "guest": runtime.guest_files(files or {}),
            "devices": runtime.devices(device),
        }
        self._groups = cgroups.find()
        self._process, self._control = _start(config)
        self._control.gone = lambda number: self._uids.pop(number, None)
        try:
            message, _ = self._control.receive(time.monotonic() + _START_S)
            if "refused" in message:
                raise _refusal(message["refused"], message["why"])
            self._warm = Warm(message["anon_kb"], message["file_kb"])
            self._to_prove = {"one process", "workers"} if prove else set()
            self._prove("one process")
        except OSError as error:
            self.close()
            raise _unable("a sandbox can't be made", error) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can still be asked for sandboxes."""
        return not self._control.closed and self._process.poll() is None

    def close(self) -> None:
        """End the zygote and every sandbox of it; harmless the second time."""
        self._control.close()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()  # the keeper; the usher and the zygote die with their parents
            self._process.wait()
        if self._groups:
            self._groups.remove()

    def spawn(self, limits: Limits) -> WallProcess:
        """A new sealed sandbox in which the guest serves. IsolationError: a layer failed; WorkerLost: zygote gone."""
        if limits.processes:
            self._prove("workers")
        try:
            return self.spawn_guest(limits, self.guest)
        except OSError as error:
            raise WorkerLost(f"no sandbox could be made: {error}", now="close other programs and try again") from error

    def _prove(self, what: str) -> None:
        """Once each: that sandboxes hold. Those with workers cost more, and are proven before the first of them."""
        if what in self._to_prove:
            from autograder.sandbox import canary

            canary.require(canary.prove(self) if what == "one process" else canary.prove_workers(self))
            self._to_prove.discard(what)

    def spawn_guest(self, wanted: Limits, guest: str, without: Sequence[str] = ()) -> WallProcess:
        """`spawn` with another guest. `without` leaves layers off; the zygote then runs nothing but the canary."""
        number = next(self._numbers)
        with ExitStack() as undo:
            ours, theirs = socket.socketpair()
            undo.callback(ours.close)
            output = _output_file()
            undo.callback(os.close, output)
            sealed, report = os.pipe()
            undo.callback(os.close, sealed)
            undo.callback(self._control.forget, number)
            request = {"spawn": number, "guest": guest, "limits": asdict(wanted), "without": list(without)}
            with theirs, os.fdopen(report, "wb"):
                pidfd = self._ask(number, request, [theirs.fileno(), output, report])
            undo.callback(os.close, pidfd)
            group = self._group(pidfd, wanted)
            process = WallProcess(
                (ours, pidfd, output),
                limits.notes(wanted, self.device, self._groups.name if self._groups and group else ""),
                Accounting(wanted.memory_mb, self._warm, group),
                lambda: self._control.end_of(number, _END_S),
                lambda: self._control.forget(number),
            )
            undo.pop_all()
        answer = _read_report(sealed)
        if answer != []:
            process.close()
            if answer is None:
                raise WorkerLost("a sandbox ended while it was being sealed", now="try again")
            raise _refusal(*answer)
        return process

    def _ask(self, number: int, request: dict[str, Any], fds: list[int]) -> int:
        """The pidfd of the sandbox that the zygote forked."""
        with self._control.lock:
            if self._first_id is not None:
                taken = set(self._uids.values())
                self._uids[number] = next(uid for uid in range(1, _IDS) if uid not in taken)
            self._control.hold(number)
            self._control.send({**request, "uid": self._uids.get(number)}, fds)
            message, pidfds = self._control.receive(time.monotonic() + _SPAWN_S)
        if "refused" in message:
            self._uids.pop(number, None)
            raise _refusal(message["refused"], message["why"])
        if not pidfds:  # the kernel drops what comes when no more files may be open; the sandbox ends with its socket
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return pidfds[0]

    def _group(self, pidfd: int, wanted: Limits) -> Group | None:
        """A cgroup with the sandbox in it, where rlimits don't do and there is one to be had."""
        if self._groups is None or not (wanted.processes or self.device == "cuda"):
            return None
        try:
            return self._groups.join(pid_of(pidfd), wanted)
        except OSError as error:
            raise _refusal(self._groups.name, str(error)) from error


def _start(config: dict[str, Any]) -> tuple[subprocess.Popen[bytes], Control]:
    """The keeper's process and the socket to the zygote it will have."""
    package = str(Path(runtime.__file__).parents[2])
    with ExitStack() as undo:
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            undo.callback(theirs.close)
            undo.callback(ours.close)
            control = Control(ours)
            undo.callback(control.close)
            control.send(config)  # waits in the socket
            process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-c", _BOOT, package, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=control.log,
                stderr=control.log,
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        except OSError as error:
            raise _unable("Python can't be started", error, sys.executable or "sys.executable") from error
        undo.pop_all()
    theirs.close()
    return process, control


def _unable(what: str, error: OSError, where: str = "zygote") -> IsolationError:
    kind = Shortage if needs.is_short(str(error)) else IsolationError
    return kind(f"{what}: {error}", where=where, now=needs.remedy("zygote", str(error)))


def _refusal(layer: str, why: str) -> IsolationError:
    kind = Shortage if needs.is_short(why) else IsolationError
    return kind(why, where=f"isolation layer {layer!r}", now=needs.remedy(layer, why))


def _first_id() -> int:
    """The first of 65536 user ids that nobody else has, as far as this user namespace reaches."""
    with open("/proc/self/uid_map") as text:
        ranges = [[int(word) for word in line.split()] for line in text]
    first, count = max(((inside, size) for inside, _, size in ranges), key=lambda entry: entry[1])
    if first + count >= _FIRST_ID + _IDS:
        return _FIRST_ID
    raise IsolationError("root has too few user ids here", where="/proc/self/uid_map", now=needs.remedy("user ids", ""))


def _output_file() -> int:
    """A memory file that can grow but never shrink, always written at its end."""
    fd = os.memfd_create("output", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
    fcntl.fcntl(fd, fcntl.F_SETFL, os.O_APPEND | os.O_RDWR)
    return fd


def _read_report(fd: int) -> list[str] | None:
    """[] if the sandbox is sealed, [layer, why] if it was refused, None if it ended without a word."""
    try:
        if not select.select([fd], [], [], _SPAWN_S)[0]:
            return ["sandbox", "it was not sealed in time"]
        text = os.read(fd, 1 << 16)
        return json.loads(text) if text else None
    finally:
        os.close(fd)

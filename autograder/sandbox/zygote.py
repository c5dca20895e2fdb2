"""The zygote: a process with PyTorch loaded, in a jail, that forks a sealed sandbox in milliseconds.

Theory of operation. The grader starts this file as a new program with a clean environment and one socket. It becomes
three processes, each a child of the one before:
- the keeper, which stays outside: it writes the id maps, then waits, and ends everything when the grader is gone;
- the usher, which enters the new namespaces and waits; only a child of it can be the first of the pid namespace;
- the zygote, pid 1 of that namespace. Its death, or the usher's or the keeper's, is the death of every sandbox.

Steps, in order: (as root) build the root directory while still really root, because the mapped root of a user namespace
could not enter a private home that holds the Python runtime; unshare; map ids; fork; (as an ordinary user) build the
root directory; a /proc and a private disk of its own; load this file afresh from inside the jail; only then import
PyTorch, whose companions start threads that would forbid the steps before; warm up what the first call would pay for;
`gc.freeze`, so that the collector doesn't touch the pages that the sandboxes share. One thread is asserted before each
fork: a lock held by another thread would never be released in the child.

The zygote never sees a check nor a byte of a student, and never reads from a sandbox. It speaks JSON with the grader:
  <- {"ready": pid, "anon_kb": n, "file_kb": n} or {"refused": layer, "why": text}
  -> {"spawn": id, "guest": module, "uid": n | null, "limits": {...}, "without": [...]} + [socket, output, report]
  <- {"spawned": id} + [pidfd] or {"spawned": id, "refused": layer, "why": text}
  <- {"ended": id, "signal": n | null, "code": n | null, "cpu_s": s, "maxrss_kb": n}
The child writes [] into `report` when it is sealed and the guest begins, or [layer, why] and ends.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import Any

from autograder.sandbox import jail, limits, seccomp, syscalls, warm
from autograder.sandbox.jail import Refused

IDS = 65536  # user ids of the zygote's user namespace, if the grader is root
ALL_NAMESPACES = (
    syscalls.NEWUSER | syscalls.NEWNS | syscalls.NEWPID | syscalls.NEWNET | syscalls.NEWIPC | syscalls.NEWUTS
) | syscalls.NEWCGROUP
_MOUNT_POINT = "/mnt"  # where the new root is built; private to a mount namespace, so nobody else sees it
_MESSAGE = 1 << 16
CANARY = "autograder.sandbox.canary_guest"

Config = dict[str, Any]


def main(control: socket.socket) -> None:
    """Become keeper, usher and zygote. The first message on `control` is the configuration. Never returns."""
    config: Config = json.loads(control.recv(_MESSAGE))
    try:
        syscalls.close_all_but({0, 1, 2, control.fileno()})
        _enter_jail(config, control)
        _forget_outside(config["path"])
        inside = importlib.import_module("autograder.sandbox.zygote")  # this file again, as the sandbox sees it
        inside.Zygote(control, config).serve()
    except Refused as refused:
        control.send(json.dumps({"refused": refused.layer, "why": refused.why}).encode())
    except BaseException as error:
        traceback.print_exc()
        control.send(json.dumps({"refused": "zygote", "why": f"{type(error).__name__}: {error}"}).encode())
    os._exit(3)


def _enter_jail(config: Config, control: socket.socket) -> None:
    """Returns in the zygote only, jailed."""
    root = jail.Root(tuple((step, path) for step, path in config["plan"]), config["guest"], tuple(config["devices"]))
    ids = os.geteuid(), os.getegid()
    grader, unshared, mapped = os.pidfd_open(config["grader"]), os.pipe(), os.pipe()
    if os.getppid() != config["grader"]:
        os._exit(0)  # it ended before it could be watched
    if usher := os.fork():
        control.close()
        _keep(usher, grader, config["first_id"], (unshared[0], mapped[1]))
    for fd in (grader, unshared[0], mapped[1]):
        os.close(fd)
    _die_with_parent()
    if ids[0] == 0:
        with jail.layer("namespaces"):
            syscalls.unshare(syscalls.NEWNS)
        with jail.layer("root directory"):
            _new_root(root)
    _enter_namespaces(ids, unshared[1], mapped[0])
    with jail.layer("pid"):
        zygote = os.fork()
    if zygote:
        control.close()
        os._exit(os.waitstatus_to_exitcode(os.waitpid(zygote, 0)[1]) & 255)
    _die_with_parent()
    with jail.layer("root directory"):
        if ids[0] == 0:
            jail.own_proc()  # over the one that was mounted outside, which stays locked beneath
        else:
            _new_root(root)
        jail.private_disk(16, 256, None)
    syscalls.close_all_but({0, 1, 2, control.fileno()})


def _die_with_parent() -> None:
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def _enter_namespaces(ids: tuple[int, int], unshared: int, mapped: int) -> None:
    """Unshare everything, let the keeper map the ids, and become root of the new user namespace."""
    with jail.layer("namespaces"):
        syscalls.unshare(ALL_NAMESPACES)
    os.write(unshared, " ".join(map(str, ids)).encode())
    os.close(unshared)
    with jail.layer("user ids"):
        if os.read(mapped, 1) != b"m":
            raise OSError(1, "the ids of the user namespace could not be mapped")
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
        if ids[0] == 0:
            os.setgroups([])
    _die_with_parent()  # again: the change of ids cleared it


def _new_root(root: jail.Root) -> None:
    syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
    jail.build_root(_MOUNT_POINT, root)
    syscalls.mount("proc", f"{_MOUNT_POINT}/proc", "proc", syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC)
    syscalls.pivot(_MOUNT_POINT)


def _keep(usher: int, grader: int, first_id: int | None, pipes: tuple[int, int]) -> None:
    """The keeper's whole life: write the id maps when the usher has unshared, then end with the first to go."""
    unshared, mapped = pipes
    child = os.pidfd_open(usher)
    syscalls.close_all_but({0, 1, 2, child, grader, unshared, mapped})
    ids = os.read(unshared, 64).split()
    if ids:
        try:
            if first_id is None:
                jail.write_map(usher, uid=f"0 {int(ids[0])} 1", gid=f"0 {int(ids[1])} 1", groups=False)
            else:
                jail.write_map(usher, uid=f"0 {first_id} {IDS}", gid=f"0 {first_id} {IDS}", groups=True)
            os.write(mapped, b"m")
        except OSError:
            traceback.print_exc()
        os.close(mapped)
    select.select([child, grader], [], [])
    os._exit(0)  # the usher, if it still lives, dies with its parent, and the zygote with the usher


def _forget_outside(libraries: list[str]) -> None:
    """Import from inside the jail from now on: no finder and no module of the program that points to the outside."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "__editable__" not in getattr(finder, "__module__", "")]
    paths = [jail.GUEST, *(path for path in [*sys.path[1:], *libraries] if os.path.exists(path))]
    sys.path[:] = dict.fromkeys(paths)
    sys.path_importer_cache.clear()
    sys.argv[:] = [""]


class Zygote:
    """The server inside the jail: one control socket to the grader, one child per sandbox."""

    def __init__(self, control: socket.socket, config: Config) -> None:
        self.control, self.config = control, config
        self.own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY)
        self.filters = {kind: seccomp.program(kind) for kind in seccomp.PROFILES}
        self.children: dict[int, tuple[int, int]] = {}  # pidfd -> (pid, id of the sandbox)

    def serve(self) -> None:
        """Warm up, say so, and fork sandboxes until the grader closes the socket. Never returns."""
        warm.up(self.config["preload"], pytorch=self.config["pytorch"])
        self._one_thread()
        self._say({"ready": os.getpid(), **_memory()})
        while True:
            control = self.control.fileno()
            ready, _, _ = select.select([control, *self.children], [], [])
            for pidfd in ready:
                if pidfd != control:
                    self._reap(pidfd)
            if control in ready:
                message, fds, _, _ = socket.recv_fds(self.control, _MESSAGE, 3)
                if not message:
                    os._exit(0)
                self._spawn(json.loads(message), fds)

    def _say(self, message: Config, fds: tuple[int, ...] = ()) -> None:
        try:
            socket.send_fds(self.control, [json.dumps(message).encode()], fds)
        except OSError:
            os._exit(0)  # the grader is gone

    @staticmethod
    def _one_thread() -> None:
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            raise Refused("zygote", f"{threads} threads before a fork; one of them may hold a lock")

    def _reap(self, pidfd: int) -> None:
        pid, number = self.children.pop(pidfd)
        os.close(pidfd)
        _, state, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(state)
        end = {"signal": -code, "code": None} if code < 0 else {"signal": None, "code": code}
        used = {"cpu_s": usage.ru_utime + usage.ru_stime, "maxrss_kb": usage.ru_maxrss}
        self._say({"ended": number, **end, **used})

    def _spawn(self, request: Config, fds: list[int]) -> None:
        number = request["spawn"]
        try:
            if request["without"] and request["guest"] != CANARY:
                raise Refused("zygote", "a sandbox with a layer left off runs nothing but the canary")
            pid = self._fork("pid" not in request["without"])
        except (OSError, Refused) as error:
            why = error.why if isinstance(error, Refused) else str(error)
            self._say({"spawned": number, "refused": getattr(error, "layer", "pid"), "why": why})
        else:
            if pid == 0:
                self._be_sandbox(request, fds)
            pidfd = os.pidfd_open(pid)
            self.children[pidfd] = (pid, number)
            self._say({"spawned": number}, (pidfd,))
        for fd in fds:
            os.close(fd)

    def _fork(self, new_pids: bool) -> int:
        """Fork a child that is pid 1 of a pid namespace of its own, and stay where we are."""
        self._one_thread()
        if not new_pids:
            return os.fork()
        syscalls.unshare(syscalls.NEWPID)  # where children will be born, not where we live
        pid = -1
        try:
            pid = os.fork()
        finally:
            if pid:  # in the child it would fail, and must: its own children belong into its own namespace
                syscalls.setns(self.own_pids, syscalls.NEWPID)
        return pid

    def _be_sandbox(self, request: Config, fds: list[int]) -> None:
        """The child's whole life."""
        sock, _, report = fds
        try:
            self.control.detach()
            jail.seal(self._cell(request, fds))
        except BaseException as error:
            os.write(
                report, json.dumps([getattr(error, "layer", "sandbox"), getattr(error, "why", str(error))]).encode()
            )
            os._exit(70)
        os.write(report, b"[]")
        os.close(report)
        try:
            spec = {"device": self.config["device"], "box": "/box"}
            sys.modules[request["guest"]].main(socket.socket(fileno=sock), spec)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(70)

    def _cell(self, request: Config, fds: list[int]) -> jail.Cell:
        kind = limits.profile(request["limits"]["processes"], self.config["device"])
        return jail.Cell(
            keep=(fds[0], fds[2]),
            output=fds[1],
            uid=request["uid"],
            limits=request["limits"],
            device=self.config["device"],
            filter=self.filters[kind],
            without=frozenset(request["without"]),
        )


def _memory() -> dict[str, int]:
    """Resident memory of this process in KiB: private to it, and of files."""
    with open("/proc/self/status") as text:
        fields = dict(line.split(":", 1) for line in text)
    return {"anon_kb": int(fields["RssAnon"].split()[0]), "file_kb": int(fields["RssFile"].split()[0])}

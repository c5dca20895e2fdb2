"""Runs a program as on a machine where something is missing, and looks what it leaves behind.

    said = crippled.run(["-c", "..."], fail={"unshare": "EPERM"}, mounts=[["tmpfs", "/tmp", "nr_inodes=1"]])

`fail`: names of system calls with the errno each of them answers, by a seccomp filter; "EPERM 0x10" does so only if
the first argument is that. `mounts`, in a private mount
namespace: ["tmpfs", where, options], ["full", where] (a tmpfs without room), ["without", path] (a root directory that
lacks it), ["file", path, text] (the only file of its folder). `limits`: names of rlimits with their value, soft and
hard. `persona`: an argument of personality(2).

The supervisor below runs unfiltered, in the same mount namespace and as the parent of every orphan; so it sees what is
left of processes, mounts and temporary files when the program has ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import autograder
from autograder.sandbox import jail, seccomp, syscalls
from autograder.sandbox.seccomp import ALLOW, REFUSE

PACKAGE = str(Path(autograder.__file__).parents[1])
BELOW_TMP = [path for path in (PACKAGE, sys.prefix, sys.base_prefix) if path.startswith("/tmp/")]
_NO_MOUNTS = "no mount namespace to try it in"
_SUBREAPER = 36  # prctl
_RUN_S, _END_S = 600.0, 20.0


@dataclass(frozen=True)
class Said:
    """What the program said, and what it left: pids, mounts, files, control groups."""

    code: int
    out: str
    err: str
    left: list[str] = field(default_factory=list)


def run(
    arguments: list[str],
    *,
    fail: dict[str, str] | None = None,
    mounts: list[list[str]] | None = None,
    limits: dict[str, int] | None = None,
    persona: int = 0,
    patience_s: float = _END_S,
) -> Said:
    """Run this Python with `arguments`. LookupError if there can be no private mounts here. `patience_s`: how long what
    it left may take to end."""
    plan = {"fail": fail or {}, "mounts": mounts or [], "limits": limits or {}, "persona": persona, "end_s": patience_s}
    command = [sys.executable, "-P", __file__, json.dumps(plan), sys.executable, "-P", *arguments]
    clean = {"PATH": "/usr/bin:/bin", "PYTHONPATH": PACKAGE, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=_RUN_S, check=False, env=clean, cwd="/")
    if _NO_MOUNTS in done.stderr:
        raise LookupError(done.stderr.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    return Said(**json.loads(done.stdout))


def kill_left(said: Said) -> None:
    for what in said.left:
        if what.startswith("process "):
            os.kill(int(what.split()[1].rstrip(":")), signal.SIGKILL)


def failing(calls: dict[str, str]) -> bytes:
    """A seccomp program: these calls answer these errnos, every other one is allowed."""
    numbers = syscalls.table(os.uname().machine)
    code = [(0x20, 0, 0, 0)]  # load the number of the call
    for name, told in calls.items():
        answer, _, only = told.partition(" ")
        refuse = [(0x06, REFUSE | getattr(errno, answer), 0, 0)]
        if only:
            refuse = [(0x20, 16, 0, 0), (0x15, int(only, 0), 0, 1), *refuse, (0x20, 0, 0, 0)]
        code += [(0x15, numbers[name], 0, len(refuse)), *refuse]
    code.append((0x06, ALLOW, 0, 0))
    return b"".join(struct.pack("<HBBI", what, true, false, operand) for what, operand, true, false in code)


# The supervisor ---------------------------------------------------------------------------------------------------


def _own_mounts(steps: list[list[str]]) -> None:
    if not steps:
        return
    uid, gid = os.geteuid(), os.getegid()
    try:
        syscalls.unshare(syscalls.NEWNS | (syscalls.NEWUSER if uid else 0))
        if uid:
            jail.write_map("self", uid=f"{uid} {uid} 1", gid=f"{gid} {gid} 1", groups=False)
        syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
    except OSError as error:
        sys.exit(f"{_NO_MOUNTS}: {error}")
    for kind, where, *options in steps:
        if kind == "without":
            _root_without(where)
        elif kind == "file":
            syscalls.mount(kind, os.path.dirname(where), "tmpfs", 0, "size=64k")
            Path(where).write_text(options[0])
        else:
            syscalls.mount(kind, where, "tmpfs", 0, options[0] if kind == "tmpfs" else "size=64k")
        if kind == "full":
            with contextlib.suppress(OSError), open(f"{where}/filling", "wb", buffering=0) as file:
                while file.write(bytes(4096)):
                    pass


def _root_without(path: str) -> None:
    syscalls.mount("root", "/mnt", "tmpfs", 0, "size=1m")
    for name in set(os.listdir("/")) - {path[1:]}:
        old, new = f"/{name}", f"/mnt/{name}"
        if os.path.islink(old):
            os.symlink(os.readlink(old), new)
        elif name == "mnt":
            os.mkdir(new)
        elif os.path.isdir(old):
            os.mkdir(new)
            syscalls.mount(old, new, None, syscalls.MS_BIND | syscalls.MS_REC)
    syscalls.pivot("/mnt")


def _become(plan: dict[str, Any], command: list[str], pipes: tuple[int, int]) -> None:
    """The child's life: weaker and weaker, then the program."""
    os.dup2(pipes[0], 1)
    os.dup2(pipes[1], 2)
    if plan["persona"]:
        ctypes.CDLL(None).personality(plan["persona"])
    if plan["fail"]:
        seccomp.load(failing(plan["fail"]))
    for name, value in plan["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
    os.execv(command[0], command)


def _children() -> list[str]:
    found = []
    for name in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(int(name), os.WNOHANG)[0] == 0:
                found.append(f"process {name}: {Path(f'/proc/{name}/cmdline').read_text()[:200]}")
    return found


def _traces(private_tmp: bool) -> set[str]:
    """Mounts, control groups of graders, and temporary files where nobody else makes any."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    found = {f"mount {line}" for line in lines}
    if private_tmp and os.path.isdir("/tmp"):
        found |= {f"file {name}" for name in os.listdir("/tmp")}
    return found


def main() -> None:
    plan, command = json.loads(sys.argv[1]), sys.argv[2:]
    _own_mounts(plan["mounts"])
    syscalls.prctl(_SUBREAPER, 1)
    private = bool(plan["mounts"])
    before = _traces(private)
    out, err = os.memfd_create("out"), os.memfd_create("err")
    child = os.fork()
    if child == 0:
        try:
            _become(plan, command, (out, err))
        finally:
            os._exit(99)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    until = time.monotonic() + plan["end_s"]
    while (left := _children()) and time.monotonic() < until:
        time.sleep(0.01)
    left += sorted(_traces(private) - before)
    left += [f"group {path}" for path in Path("/sys/fs/cgroup").glob(f"**/autograder-{child}-*")]
    texts = [os.pread(fd, 1 << 20, 0).decode("utf-8", "replace") for fd in (out, err)]
    print(json.dumps({"code": code, "out": texts[0], "err": texts[1], "left": left}))


if __name__ == "__main__":
    main()

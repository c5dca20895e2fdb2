"""The layers around a student's code, in the order they are put on.

Theory of operation. Two jails, one in the other. The outer one is made once, around the zygote, before it imports
anything large: a root directory of its own that holds nothing but the system's libraries, the Python runtime and the
guest's own few files, all read-only. `build_root` makes it and `syscalls.pivot` enters it. Each sandbox is a fork of
the zygote and inherits that root for nothing; `seal` then puts on the inner jail:
1. a session of its own, because signals to a process group would cross a pid namespace;
2. no open files but its socket, its output and /dev/null;
3. mount, ipc, uts, cgroup and network namespaces of its own (the pid namespace came with the fork);
4. one private tmpfs with a size, seen at /box, /tmp and /dev/shm, and a /proc that shows this sandbox alone;
5. an ordinary user id, and a user namespace that maps nothing else. It comes after the mounts, which need the zygote's;
6. rlimits;
7. no capabilities, ever again;
8. death with the zygote; every change of credentials clears this, so it comes after the last one;
9. no_new_privs and the seccomp filter, last: the calls above are among those it refuses.

This file is also read inside the sandbox. It imports nothing but the standard library and its neighbours.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from autograder.sandbox import limits, seccomp, syscalls
from autograder.sandbox.syscalls import MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_RDONLY, MS_REMOUNT

NOBODY = 65534
GUEST = "/guest"  # where the guest's own files lie
PRIVATE = "/private"  # where the sandbox's tmpfs is mounted
LAYERS = ("pid", "session", "files", "namespaces", "net", "disk", "user", "limits", "capabilities", "death", "seccomp")
_STEPS = ("bind", "hide")  # of a plan


class Refused(Exception):
    """A layer can't be had here. `layer` names it, `why` is the kernel's answer."""

    def __init__(self, layer: str, why: str) -> None:
        self.layer, self.why = layer, why
        super().__init__(f"{layer}: {why}")


@contextmanager
def layer(name: str) -> Iterator[None]:
    """Any OSError inside is a Refused that names the layer."""
    try:
        yield
    except OSError as error:
        raise Refused(name, f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)) from error


@dataclass(frozen=True)
class Root:
    """What the zygote's root directory holds.

    `plan` is a list of ("bind", path) and ("hide", path), both absolute: a path of the host to be seen read-only at the
    same place, or a folder below such a path to be seen empty. `guest` maps names below /guest to files of the host,
    `devices` are device nodes.
    """

    plan: tuple[tuple[str, str], ...]
    guest: dict[str, str]
    devices: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """What one sandbox gets. `uid` is its user id inside the zygote's user namespace, or None to stay the same user."""

    keep: tuple[int, ...]  # file descriptors it may keep beside 0, 1 and 2
    output: int  # becomes stdout and stderr
    uid: int | None
    limits: dict[str, float]
    device: str
    filter: bytes
    without: frozenset[str] = field(default_factory=frozenset)  # layers left off, for the tests of the canary only


def build_root(at: str, root: Root) -> None:
    """Mount the new root directory on `at`. A path that doesn't exist is an error: OSError names it."""
    syscalls.mount("root", at, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    hidden = []
    for step, path in sorted(root.plan, key=lambda entry: (entry[1].count("/"), entry[1], _STEPS.index(entry[0]))):
        if step == "bind":
            _bind(path, at + path)
        else:
            syscalls.mount("hidden", at + path, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
            hidden.append(at + path)
    for name, source in root.guest.items():
        _bind(source, f"{at}{GUEST}/{name}")
    _make_etc(f"{at}/etc")
    for device in root.devices:
        _place(device, at + device)
        syscalls.mount(device, at + device, None, MS_BIND)
        # a device can be written to all the same; only its times, which every sandbox sees, stay as they are
        syscalls.mount(None, at + device, None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NOEXEC)
    for name in ("box", "proc", PRIVATE[1:]):
        os.makedirs(f"{at}/{name}", exist_ok=True)
    for name, to in (("dev/fd", "/proc/self/fd"), ("dev/shm", f"{PRIVATE}/shm"), ("tmp", f"{PRIVATE}/tmp")):
        if not os.path.lexists(f"{at}/{name}"):  # a runtime below /tmp makes it a read-only folder; then /box serves
            os.symlink(to, f"{at}/{name}")
    for path in [*hidden, at]:
        syscalls.mount(None, path, None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)


def _bind(source: str, target: str) -> None:
    """Show `source` at `target`, read-only; a symbolic link (the system's /lib, say) stays a link."""
    if os.path.islink(source):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(source), target)
        return
    _place(source, target)
    syscalls.bind_read_only(source, target)


def _place(source: str, target: str) -> None:
    """Make the file or folder that `source` is mounted on; raises FileNotFoundError if there is no `source`."""
    os.stat(source)
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))


def _make_etc(etc: str) -> None:
    os.makedirs(etc, exist_ok=True)
    for name, text in (
        ("passwd", f"nobody:x:{NOBODY}:{NOBODY}:nobody:/box:/bin/false\n"),
        ("group", f"nogroup:x:{NOBODY}:\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\n"),
    ):
        with open(f"{etc}/{name}", "w") as file:
            file.write(text)


def private_disk(megabytes: int, inodes: int, owner: int | None) -> None:
    """One tmpfs of that size in all: /box, the working directory, is part of it; /tmp and /dev/shm link into it.
    `inodes`: files and folders that there is room for beside these."""
    flags, places = MS_NOSUID | MS_NODEV | MS_NOEXEC, ("box", "tmp", "shm")
    room = f"size={megabytes}m,nr_inodes={inodes + len(places) + 1}"
    syscalls.mount("private", PRIVATE, "tmpfs", flags, f"{room},mode=755")
    for name in places:
        os.mkdir(f"{PRIVATE}/{name}", 0o700)
        if owner is not None:
            os.chown(f"{PRIVATE}/{name}", owner, owner)
    syscalls.mount(f"{PRIVATE}/box", "/box", None, MS_BIND)
    os.chdir("/box")


def own_proc(options: str | None = None) -> None:
    """/proc of this process's pid namespace; with "subset=pid" it shows processes and nothing of the machine."""
    syscalls.mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)


def seal(cell: Cell) -> None:
    """Steps 1 to 9 above, in a fresh fork of the zygote. Raises Refused; then the process must not go on."""
    for name, step in (
        ("session", _leave_session),
        ("files", _close_files),
        ("namespaces", _leave_namespaces),
        ("net", _leave_net),
        ("disk", _own_disk),
        ("user", _become_nobody),
        ("limits", _limit),
        ("capabilities", _drop_capabilities),
        ("death", _die_with_zygote),
        ("seccomp", _filter_calls),
    ):
        if name not in cell.without:
            with layer(name):
                step(cell)


def _leave_session(_: Cell) -> None:
    os.setsid()


def _close_files(cell: Cell) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(cell.output, 1)
    os.dup2(cell.output, 2)
    syscalls.close_all_but({0, 1, 2, *cell.keep})


def _leave_namespaces(_: Cell) -> None:
    syscalls.unshare(syscalls.NEWNS | syscalls.NEWIPC | syscalls.NEWUTS | syscalls.NEWCGROUP)
    syscalls.sethostname(b"sandbox")


def _leave_net(_: Cell) -> None:
    syscalls.unshare(syscalls.NEWNET)


def _own_disk(cell: Cell) -> None:
    private_disk(int(cell.limits["disk_mb"]), int(cell.limits["inodes"]), cell.uid)
    own_proc(None if cell.device == "cuda" else "subset=pid")


def _become_nobody(cell: Cell) -> None:
    if cell.uid is not None:
        os.setresgid(cell.uid, cell.uid, cell.uid)
        os.setresuid(cell.uid, cell.uid, cell.uid)
    uid, gid = os.geteuid(), os.getegid()
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)  # the change of user made /proc/self root's; the maps lie there
    syscalls.unshare(syscalls.NEWUSER)
    write_map("self", uid=f"{NOBODY} {uid} 1", gid=f"{NOBODY} {gid} 1", groups=False)


def write_map(pid: int | str, uid: str, gid: str, groups: bool) -> None:
    """Map ids into the user namespace of `pid`; without `groups` nobody in it may change supplementary groups."""
    if not groups:
        write(f"/proc/{pid}/setgroups", "deny")
    write(f"/proc/{pid}/uid_map", uid)
    write(f"/proc/{pid}/gid_map", gid)


def write(path: str, text: str) -> None:
    """One write(2) of the whole text, as the kernel wants for its control files."""
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def _limit(cell: Cell) -> None:
    limits.apply(cell.limits, cell.device)


def _drop_capabilities(_: Cell) -> None:
    syscalls.drop_capabilities()


def _die_with_zygote(_: Cell) -> None:
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def _filter_calls(cell: Cell) -> None:
    seccomp.load(cell.filter)

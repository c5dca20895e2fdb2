"""Limits on a whole sandbox of several processes, where this machine has control groups that we may use.

Theory of operation. A control group (cgroup) counts and limits the memory and the tasks of all processes in it. The
old version (v1) has one hierarchy per resource and is for root; of the new one (v2) systemd can hand a part to an
ordinary user (`Delegate=yes`), which it marks with an attribute. Either way we work below the group this process is
in, so limits that someone else has set on us hold for the sandboxes too. One folder per grader, named after its
process and the time that started, with one folder per sandbox in it. Folders of graders that died are removed by the
next.

They are used only for sandboxes with further processes (and with a GPU). For one process rlimits are exact and free,
while attaching a process to a v1 group waits for the kernel: 7 ms, as long as making the whole sandbox.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.sandbox import limits as rules

if TYPE_CHECKING:
    from autograder.model.course import Limits

_PREFIX = "autograder-"
_KERNEL_MB = 32  # page tables and the like of the sandbox, which are charged to it
_NEARLY_MB = 1  # the kernel charges memory in lots
_PROC = Path("/proc/self")
_GRADERS = f"{_PREFIX}graders"  # v2: the group of the graders themselves
_HAND_ON = "+memory +pids"  # v2: to the groups below; CPU time is counted in every group, without a controller
_TRIES = 3  # another grader may be making room, too
_REMOVE_S = 2.0  # a group can't be removed before the last of its processes is gone


Mount = tuple[str, str, str, list[str]]  # kind, root inside the file system, where it is mounted, options


@dataclass(frozen=True, slots=True)
class Version:
    """The file names of one version, each with the controller whose folder it is in."""

    name: str
    memory_max: tuple[str, str]
    swap_max: tuple[str, str]
    oom_kills: tuple[str, str]
    memory_peak: tuple[str, str]
    cpu: tuple[str, str]
    cpu_per_s: float  # units of `cpu` in a second
    controllers: tuple[str, ...]


V1 = Version(
    "cgroup v1",
    ("memory", "memory.limit_in_bytes"),
    ("memory", "memory.memsw.limit_in_bytes"),
    ("memory", "memory.oom_control"),
    ("memory", "memory.max_usage_in_bytes"),
    ("cpuacct", "cpuacct.usage"),
    1e9,
    ("memory", "pids", "cpuacct"),
)
V2 = Version(
    "cgroup v2",
    ("memory", "memory.max"),
    ("memory", "memory.swap.max"),
    ("memory", "memory.events"),
    ("memory", "memory.peak"),
    ("cpu", "cpu.stat"),
    1e6,
    ("memory", "pids"),
)


class Group:
    """The control group of one sandbox. `folders`: controller to its folder (all the same one in v2)."""

    def __init__(self, version: Version, folders: dict[str, Path]) -> None:
        self._version, self._folders = version, folders

    def _path(self, place: tuple[str, str]) -> Path:
        return self._folders[place[0]] / place[1]

    def limit(self, wanted: Limits) -> None:
        """Set the limits; raises OSError if the kernel refuses."""
        size = (wanted.memory_mb + _KERNEL_MB) << 20
        self._path(self._version.memory_max).write_text(str(size))
        with contextlib.suppress(OSError):  # without swap there is nothing to limit, and no such file
            self._path(self._version.swap_max).write_text(str(size) if self._version is V1 else "0")
        if self._version is V2:
            self._path(("memory", "memory.oom.group")).write_text("1")  # all of the sandbox at once, or none
        self._path(("pids", "pids.max")).write_text(str(rules.tasks(wanted.processes)))

    def attach(self, pid: int) -> None:
        """Put a process, and all it will ever start, into the group."""
        for folder in dict.fromkeys(self._folders.values()):
            (folder / "cgroup.procs").write_text(str(pid))

    def cpu_s(self) -> float:
        text = self._path(self._version.cpu).read_text()
        return int(text if text.strip().isdigit() else _field(text, "usage_usec")) / self._version.cpu_per_s

    def memory_hit(self) -> bool:
        """Whether the kernel has killed a process of it for its memory, at its own limit. When the whole machine was
        short of memory, the kernel counts such a kill too, but the group was never full."""
        events = self._path(self._version.oom_kills).read_text()
        if self._version is V2:
            full = _field(events, "oom") > 0
        else:  # its memory.failcnt stays 0 on new kernels
            full = self.peak_mb() >= int(self._path(V1.memory_max).read_text()) / (1 << 20) - _NEARLY_MB
        return full and _field(events, "oom_kill") > 0

    def processes_hit(self) -> bool:
        """Whether the kernel has refused it a process."""
        return _field(self._path(("pids", "pids.events")).read_text(), "max") > 0

    def peak_mb(self) -> float:
        """The most memory it ever had, in MiB; 0 where the kernel (v2 before Linux 5.19) doesn't say."""
        path = self._path(self._version.memory_peak)
        return int(path.read_text()) / (1 << 20) if path.exists() else 0.0

    def remove(self) -> None:
        """Remove it; its processes must be ending."""
        deadline = time.monotonic() + _REMOVE_S
        for folder in dict.fromkeys(self._folders.values()):
            while not _gone(folder) and time.monotonic() < deadline:
                time.sleep(0.002)
            _gone(folder.parent)  # the grader's own, with the last of its sandboxes


class Groups:
    """Where this grader makes the groups of its sandboxes."""

    def __init__(self, version: Version, bases: dict[str, Path]) -> None:
        self._version, self.name, self._made = version, version.name, 0
        own = f"{_PREFIX}{os.getpid()}-{_started(os.getpid())}"
        self._folders = {controller: base / own for controller, base in bases.items()}

    def join(self, pid: int, wanted: Limits) -> Group:
        """A new group with these limits and this process in it. Raises OSError if any of it is refused."""
        self._made += 1
        group = Group(self._version, {key: folder / str(self._made) for key, folder in self._folders.items()})
        for folder in dict.fromkeys(self._folders.values()):
            if not folder.exists():
                folder.mkdir()
                if self._version is V1:
                    with contextlib.suppress(OSError):  # only the memory controller has it, and newer kernels insist
                        (folder / "memory.use_hierarchy").write_text("1")
                else:
                    (folder / "cgroup.subtree_control").write_text(_HAND_ON)
            (folder / str(self._made)).mkdir()
        group.limit(wanted)
        group.attach(pid)
        return group

    def remove(self) -> None:
        """Remove this grader's folders; sandboxes have closed their own."""
        for folder in dict.fromkeys(self._folders.values()):
            _remove_tree(folder)


def find(proc: Path = _PROC) -> Groups | None:
    """What can be used here, or None. Removes what dead graders left. `proc`: what the kernel says of this process."""
    try:
        mounts = _mounts(proc)
        own = [line.split(":", 2)[1:] for line in (proc / "cgroup").read_text().splitlines()]
    except OSError:  # a kernel without control groups
        return None
    version, bases = V2, _delegated(own, mounts)
    if not bases:
        version, bases = V1, _hierarchies(own, mounts)
    if not bases:
        return None
    for base in dict.fromkeys(bases.values()):
        for folder in base.glob(f"{_PREFIX}*-*"):
            pid, _, started = folder.name.removeprefix(_PREFIX).partition("-")
            if pid.isdigit() and _started(int(pid)) != started:
                _remove_tree(folder)
    return Groups(version, bases)


def _hierarchies(own: list[list[str]], mounts: list[Mount]) -> dict[str, Path]:
    """v1: controller to the folder of our own group, if all of them are mounted and ours to write."""
    bases = {}
    for names, group in own:
        for controller in set(names.split(",")) & set(V1.controllers):
            for kind, root, point, options in mounts:
                if kind == "cgroup" and controller in options and (base := _seen_at(group, root, point)):
                    bases[controller] = base
    usable = len(bases) == len(V1.controllers) and all(os.access(base, os.W_OK) for base in bases.values())
    return bases if usable else {}


def _delegated(own: list[list[str]], mounts: list[Mount]) -> dict[str, Path]:
    """v2: controller to the folder of our own group, if systemd has handed it to us."""
    group = next((path for names, path in own if not names), "").removesuffix(f"/{_GRADERS}") or "/"
    found = [_seen_at(group, root, point) for kind, root, point, _ in mounts if kind == "cgroup2"]
    base = next((path for path in found if path), None)
    if base is None or not _handed_over(base):
        return {}
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            _make_room(base)
            return dict.fromkeys(("cpu", *V2.controllers), base)
    return {}


def _handed_over(base: Path) -> bool:
    """Whether systemd has marked the group as ours, and it has the controllers we need."""
    for name in ("user.delegate", "trusted.delegate"):  # the second is for root's eyes
        with contextlib.suppress(OSError):
            if os.getxattr(base, name) == b"1":
                return set(V2.controllers) <= set((base / "cgroup.controllers").read_text().split())
    return False


def _make_room(base: Path) -> None:
    """Move all processes of the group one further down, for a group that hands on controllers may hold none itself."""
    inner = base / _GRADERS
    inner.mkdir(exist_ok=True)
    for pid in (base / "cgroup.procs").read_text().split():
        with contextlib.suppress(ProcessLookupError):  # it ended just now
            (inner / "cgroup.procs").write_text(pid)
    (base / "cgroup.subtree_control").write_text(_HAND_ON)


def _seen_at(group: str, root: str, point: str) -> Path | None:
    """Where a group is seen through a mount at `point` that shows `root` and what lies below it."""
    below = os.path.relpath(group, root)
    return None if below.startswith("..") else Path(point) / below


def _mounts(proc: Path) -> list[Mount]:
    mounts = []
    for line in (proc / "mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        root, point = before.split()[3:5]
        kind, _, options = after.split(" ", 2)
        mounts.append((kind, root, point, options.split(",")))
    return mounts


def _field(text: str, name: str) -> int:
    """The number after `name` in lines of "name number"; 0 if there is no such line."""
    return next((int(line.split()[1]) for line in text.splitlines() if line.split()[:1] == [name]), 0)


def _started(pid: int) -> str:
    """When process `pid` started, in the kernel's own unit; "" if there is none. With the pid it is unique."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _gone(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _remove_tree(folder: Path) -> None:
    """Remove a grader's folder and its sandboxes' folders, as far as they are empty."""
    if folder.exists():
        for child in folder.iterdir():
            if child.is_dir():
                _gone(child)
        _gone(folder)

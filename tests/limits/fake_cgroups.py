"""Control groups played by ordinary folders: the files a kernel makes, and the rules by which it refuses.

`Folder` is a Path. Inside `Folder.tree`, folders are groups: making one fills it with its files, writing to a file has
the kernel's effect or its error, a group is removed with its files and only when it is empty.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path, PosixPath

_ALWAYS = {"cgroup.procs": "", "cgroup.subtree_control": "", "cpu.stat": "usage_usec 0\nuser_usec 0\n"}
_OF = {
    "memory": {
        "memory.max": "max",
        "memory.swap.max": "max",
        "memory.events": "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n",
        "memory.peak": "0",
        "memory.oom.group": "0",
    },
    "pids": {"pids.max": "max", "pids.events": "max 0\n"},
}
_V1 = {
    "memory": {
        "memory.limit_in_bytes": "9223372036854771712",
        "memory.memsw.limit_in_bytes": "9223372036854771712",
        "memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n",
        "memory.max_usage_in_bytes": "0",
        "memory.use_hierarchy": "1",
    },
    "pids": _OF["pids"],
    "cpuacct": {"cpuacct.usage": "0"},
}


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


class Folder(PosixPath):
    tree = Path("/nowhere")

    @property
    def _group(self) -> bool:
        return self.is_relative_to(self.tree)

    @property
    def _new(self) -> bool:
        """Whether this tree is of version 2."""
        return (Path(self.tree) / "cgroup.controllers").exists()

    def _words(self, name: str) -> list[str]:
        return Path(self, name).read_text().split()

    def fill(self, controllers: list[str]) -> None:
        """The files that the kernel makes."""
        files = {**_ALWAYS, "cgroup.controllers": " ".join(controllers)}
        for name in controllers:
            files |= _OF[name]
        for name, text in files.items():
            Path(self, name).write_text(text)

    def mkdir(self, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        existed = os.path.isdir(self)
        super().mkdir(mode, parents, exist_ok)
        if not self._group or existed:
            return
        if self._new:
            self.fill(Path(self.parent, "cgroup.subtree_control").read_text().split())
        else:
            for name, text in {**_V1[self.relative_to(self.tree).parts[0]], "cgroup.procs": ""}.items():
                Path(self, name).write_text(text)

    def write_text(self, data: str, *_: object, **__: object) -> int:  # type: ignore[override]
        if self._group:
            if not os.path.exists(self):
                raise _error(errno.EACCES, self)  # nobody makes files there
            if self.name == "cgroup.procs":
                return self._move(int(data))
            if self.name == "cgroup.subtree_control":
                return self._hand_on([word.removeprefix("+") for word in data.split()])
            if self.name.endswith((".max", "_in_bytes")) and not (data.isdigit() or data == "max"):
                raise _error(errno.EINVAL, self)
        return super().write_text(data)

    def _move(self, pid: int) -> int:
        if not os.path.exists(f"/proc/{pid}"):
            raise _error(errno.ESRCH, self)
        if self._new and Path(self.parent, "cgroup.subtree_control").read_text().split():
            raise _error(errno.EBUSY, self)  # no processes in a group that hands on controllers
        top = self.tree if self._new else self.tree / self.relative_to(self.tree).parts[0]
        for other in Path(top).rglob("cgroup.procs"):
            other.write_text("\n".join(word for word in other.read_text().split() if word != str(pid)))
        Path(self).write_text("\n".join([*self.read_text().split(), str(pid)]))
        return len(str(pid))

    def _hand_on(self, names: list[str]) -> int:
        group = Folder(self.parent)
        if not set(names) <= set(group._words("cgroup.controllers")):
            raise _error(errno.ENOENT, self)
        if group._words("cgroup.procs"):
            raise _error(errno.EBUSY, self)
        Path(self).write_text(" ".join(names))
        for child in (path for path in Path(group).iterdir() if path.is_dir()):
            known = Path(child, "cgroup.controllers").read_text().split()
            kept = Path(child, "cgroup.procs").read_text()
            if set(known) != set(names):
                Folder(child).fill(names)
                Path(child, "cgroup.procs").write_text(kept)
        return 1

    def rmdir(self) -> None:
        if self._group and os.path.isdir(self):
            if any(path.is_dir() for path in Path(self).iterdir()) or self._living():
                raise _error(errno.EBUSY, self)
            for path in Path(self).iterdir():
                path.unlink()
        super().rmdir()

    def _living(self) -> list[str]:
        return [word for word in self._words("cgroup.procs") if os.path.exists(f"/proc/{word}")]

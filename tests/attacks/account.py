"""Who runs the program: ourselves, or an ordinary user if we are root."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import autograder

_TOGETHER_S = 540  # the whole class, on a slow machine
_PLACE = str(Path(autograder.__file__).parents[1])
_PACKAGES = sysconfig.get_path("purelib")


@dataclass(frozen=True)
class Account:
    """`user` is None for ourselves. `python` can be run by that user, and finds the program and PyTorch."""

    user: str | None = None
    python: str = sys.executable

    def run(
        self, command: list[str], more: dict[str, str], output: IO[bytes] | int
    ) -> subprocess.CompletedProcess[Any]:
        """`command` as that user, with a clean environment and `more`."""
        path = [_PLACE] if self.user is None else [_PLACE, _PACKAGES]
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(path), "PYTHONDONTWRITEBYTECODE": "1", **more}
        become: dict[str, Any] = {}
        if self.user:
            become = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}
        return subprocess.run(
            command, stdout=output, stderr=output, env=environment, cwd="/", timeout=_TOGETHER_S, check=False, **become
        )

    def own(self, folder: Path) -> None:
        """Give it `folder` and all below."""
        os.chmod(folder, 0o755)
        if self.user:
            for path in [folder, *folder.rglob("*")]:
                os.lchown(path, pwd.getpwnam(self.user).pw_uid, -1)


def ordinary() -> Account | str:
    """An ordinary user's account if we are root; else why there is none."""
    if os.geteuid() != 0:
        return "we are an ordinary user ourselves"
    system = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, system):
        account = Account("nobody", python)
        try:
            ended = account.run([python, "-c", "import torch, autograder, yaml"], {}, subprocess.DEVNULL)
        except (OSError, KeyError):
            continue
        if ended.returncode == 0:
            return account
    return "this Python and the program lie where only root can read them"

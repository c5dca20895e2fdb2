"""What this machine offers for the wall, and what follows for grading. Cheap, and without importing PyTorch."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import cgroups, syscalls

_TRY_S = 10.0  # seconds for a small child process
# A user namespace may be granted and be powerless: only what can be done in it proves it.
_TRY_USER_NAMESPACE = """
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox import syscalls as s
try:
    s.unshare(s.NEWUSER | s.NEWNS | s.NEWPID | s.NEWNET)
    s.mount(None, "/", None, s.MS_REC | s.MS_PRIVATE)
    s.mount("trial", "/mnt", "tmpfs")
except OSError as error:
    sys.exit(str(error))
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """`ok`: True is as needed, False stops grading, None is good to know. `consequence` says what follows, or what to
    do about it."""

    name: str
    value: str
    ok: bool | None
    consequence: str


def machine_facts() -> list[Fact]:
    """Everything the wall depends on, most necessary first."""
    if sys.platform != "linux":
        now = "students can check their own work here; grade a class on Linux or in a Linux virtual machine"
        return [Fact("system", platform.system(), False, now)]
    return [
        Fact("system", f"Linux {platform.release()}", True, ""),
        _architecture(),
        _user_namespaces(),
        _seccomp(),
        _python(),
        _pytorch(),
        _temporary(),
        _control_groups(),
        _huge_pages(),
        _processes(),
        _gpu(),
    ]


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def _architecture() -> Fact:
    machine = platform.machine()
    known = machine in syscalls.ARCHITECTURES
    consequence = "" if known else f"the filter of system calls is written for {' and '.join(syscalls.ARCHITECTURES)}"
    if machine == "aarch64":
        consequence = "written from the kernel's tables, not yet tried on such a machine"
    return Fact("architecture", machine, known, consequence)


def _user_namespaces() -> Fact:
    package = str(Path(__file__).parents[2])
    command = [sys.executable, "-S", "-P", "-c", _TRY_USER_NAMESPACE, package]
    trial = subprocess.run(command, capture_output=True, text=True, timeout=_TRY_S, check=False, env={})
    if trial.returncode == 0:
        return Fact("user namespaces", "allowed", True, "")
    return Fact(
        "user namespaces", f"refused: {trial.stderr.strip().splitlines()[-1]}", False, how_to_allow_user_namespaces()
    )


def how_to_allow_user_namespaces() -> str:
    """What most likely forbids user namespaces here, and what allows them."""
    if _read("/proc/sys/user/max_user_namespaces") == "0":
        return "allow them: sysctl user.max_user_namespaces=10000"
    if _read("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "allow them: sysctl kernel.unprivileged_userns_clone=1"
    if _read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        profile = f"profile autograder {os.path.realpath(sys.executable)} flags=(unconfined) {{ userns, }}"
        return f"AppArmor forbids them; as root, write '{profile}' to /etc/apparmor.d/autograder and load it"
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return "this container forbids them: start it with --privileged, or grade outside of it"
    return "ask whoever runs this machine to allow user namespaces, or grade in a Linux virtual machine"


def _seccomp() -> Fact:
    actions = _read("/proc/sys/kernel/seccomp/actions_avail").split()
    ok = {"kill_process", "errno", "allow"} <= set(actions)
    return Fact("seccomp", "available" if ok else "missing", ok, "" if ok else "a kernel with CONFIG_SECCOMP_FILTER")


def _python() -> Fact:
    return Fact("Python", f"{platform.python_version()} in {sys.prefix}", True, "")


def _pytorch() -> Fact:
    try:
        return Fact("PyTorch", importlib.metadata.version("torch"), True, "")
    except importlib.metadata.PackageNotFoundError:
        return Fact("PyTorch", "not installed", False, "install it: ./run setup, or pip install 'autograder[grade]'")


def _temporary() -> Fact:
    ok = os.access("/tmp", os.W_OK)
    consequence = "" if ok else "the canary needs a file in /tmp that the sandbox must not see"
    return Fact("/tmp", "writable" if ok else "not writable", ok, consequence)


def _control_groups() -> Fact:
    groups = cgroups.find()
    if groups:
        return Fact("control groups", groups.name, None, "limit memory and tasks of sandboxes with several processes")
    consequence = "limits of sandboxes with several processes hold per process; with one process nothing is missing"
    if Path("/sys/fs/cgroup/cgroup.controllers").exists():
        consequence += ". To have them: systemd-run --user --scope -p Delegate=yes autograder grade"
    return Fact("control groups", "none that we may use", None, consequence)


def _huge_pages() -> Fact:
    setting = _read("/sys/kernel/mm/transparent_hugepage/enabled")
    chosen = setting.partition("[")[2].partition("]")[0] or "unknown"
    slow = chosen not in ("always", "madvise")
    consequence = "a sandbox costs twice as much to start; write madvise to that file" if slow else ""
    return Fact("transparent huge pages", chosen, None, consequence)


def _processes() -> Fact:
    soft = resource.getrlimit(resource.RLIMIT_NPROC)[0]
    few = soft != resource.RLIM_INFINITY and soft < 200
    value = "unlimited" if soft == resource.RLIM_INFINITY else str(soft)
    return Fact("processes of this user", value, None, "few for several workers: ulimit -u 1000" if few else "")


def _gpu() -> Fact:
    if not Path("/dev/nvidia0").exists():
        return Fact("GPU", "none", None, "checks run on the CPU")
    value = "an NVIDIA device"
    if command := shutil.which("nvidia-smi"):
        query = [command, "--query-gpu=name,memory.total", "--format=csv,noheader"]
        said = subprocess.run(query, capture_output=True, text=True, timeout=_TRY_S, check=False)
        value = "; ".join(said.stdout.strip().splitlines()) or value
    consequence = "with --device cuda sandboxes can reach all of the driver, and memory is limited by a cgroup alone"
    return Fact("GPU", value, None, consequence)

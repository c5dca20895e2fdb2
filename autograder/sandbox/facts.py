"""What this machine offers for the wall, and what follows for grading. Cheap, and without importing PyTorch."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import pwd
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import cgroups, needs, syscalls

_TRY_S = 60.0  # seconds for a small child process, which takes 0.05 on a machine that isn't busy
_SPACE_MB = 64  # that temporary files should have
# What a call returns proves little (a user namespace may be granted and be powerless): only what can be done proves it.
_TRY = "import sys; sys.path.insert(0, sys.argv[1])\ntry:\n{}\nexcept OSError as error:\n    sys.exit(error.strerror)\n"
_TRY_USER_NAMESPACE = _TRY.format("""
    from autograder.sandbox import syscalls as s
    s.unshare(s.NEWUSER | s.NEWNS | s.NEWPID | s.NEWNET)
    s.mount(None, "/", None, s.MS_REC | s.MS_PRIVATE)
    s.mount("trial", "/mnt", "tmpfs")
    s.bind_read_only("/usr", "/mnt")
""")
_TRY_SECCOMP = _TRY.format("""
    import os
    from autograder.sandbox import seccomp
    seccomp.load(seccomp.program("strict"))
    try:
        if os.fork() == 0:
            os._exit(0)
        sys.exit("a filter was loaded and filters nothing")
    except BlockingIOError:
        pass
""")


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
    architecture = _architecture()
    if not architecture.ok:
        return [Fact("system", f"Linux {platform.release()}", True, ""), architecture]
    return [
        _kernel(),
        architecture,
        _user(),
        _user_namespaces(),
        _seccomp(),
        _python(),
        _pytorch(),
        _limits(),
        _tmp(),
        _temporary(),
        _control_groups(),
        _huge_pages(),
        _processes(),
        _gpu(),
    ]


def _kernel() -> Fact:
    lacks = list(needs.kernel_lacks())
    consequence = f"grade on Linux {needs.OLDEST} or newer, outside of containers that filter system calls"
    value = "; ".join([f"Linux {platform.release()}", *lacks])
    return Fact("system", value, not lacks, consequence if lacks else "")


def _architecture() -> Fact:
    machine = platform.machine()
    known = machine in syscalls.ARCHITECTURES
    consequence = "" if known else f"the filter of system calls is written for {' and '.join(syscalls.ARCHITECTURES)}"
    if machine == "aarch64":
        consequence = "written from the kernel's tables, not yet tried on such a machine"
    return Fact("architecture", machine, known, consequence)


def _user() -> Fact:
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = "without a name"
    mapped = needs.read("/proc/self/uid_map").split()
    value = f"{name} ({uid})" + ("" if mapped[1:] == ["0", str(0xFFFFFFFF)] else ", in a user namespace")
    if uid:
        return Fact("user", value, True, "sandboxes have this user's id outside, and see a namespace of their own")
    return Fact("user", value, True, "each sandbox has an id of its own, which is nobody's outside")


def _tried(code: str) -> str:
    """What a small program of ours that was run aside complains about; "" if nothing."""
    package = str(Path(__file__).parents[2])
    command = [sys.executable, "-S", "-P", "-c", code, package]
    try:
        trial = subprocess.run(command, capture_output=True, text=True, timeout=_TRY_S, check=False, env={})
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if trial.returncode == 0:
        return ""
    return (trial.stderr.strip().splitlines() or [f"ended with {trial.returncode}"])[-1]


def _user_namespaces() -> Fact:
    if why := _tried(_TRY_USER_NAMESPACE):
        return Fact("user namespaces", f"refused: {why}", False, needs.remedy("namespaces", why))
    return Fact("user namespaces", "allowed", True, "")


def _seccomp() -> Fact:
    if why := _tried(_TRY_SECCOMP):
        return Fact("seccomp", f"missing: {why}", False, needs.remedy("seccomp", why))
    return Fact("seccomp", "available", True, "")


def _python() -> Fact:
    return Fact("Python", f"{platform.python_version()} in {sys.prefix}", True, "")


def _pytorch() -> Fact:
    try:
        return Fact("PyTorch", importlib.metadata.version("torch"), True, "")
    except importlib.metadata.PackageNotFoundError:
        return Fact("PyTorch", "not installed", False, "install it: ./run setup, or pip install 'autograder[grade]'")


def _limits() -> Fact:
    from autograder.model.course import Limits

    low = list(needs.low_limits(Limits(), "cpu"))
    return Fact(
        "limits of this user", "; ".join(low) or "high enough", not low, needs.remedy("limits", "") if low else ""
    )


def _tmp() -> Fact:
    try:
        with tempfile.NamedTemporaryFile(dir="/tmp") as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        return Fact("/tmp", f"not writable: {error.strerror}", False, needs.remedy("/tmp", ""))
    return Fact("/tmp", f"writable, {shutil.disk_usage('/tmp').free >> 20} MiB free", True, "")


def _temporary() -> Fact:
    """Where temporary files go: $TMPDIR, or what Python takes instead if that can't be used."""
    name = "temporary files"
    try:
        folder = tempfile.gettempdir()
    except OSError as error:
        return Fact(name, error.strerror or str(error), False, "make room in /tmp, or name another folder: TMPDIR=...")
    free = shutil.disk_usage(folder).free >> 20
    few = free < _SPACE_MB
    return Fact(name, f"{folder}, {free} MiB free", None, f"make room: {_SPACE_MB} MiB at least" if few else "")


def _control_groups() -> Fact:
    groups = cgroups.find()
    if groups:
        return Fact("control groups", groups.name, None, "limit memory and tasks of sandboxes with several processes")
    consequence = "limits of sandboxes with several processes hold per process; with one process nothing is missing"
    if Path("/sys/fs/cgroup/cgroup.controllers").exists():
        user = "" if os.geteuid() == 0 else "--user "
        consequence += f". To have them: systemd-run {user}--scope -p Delegate=yes autograder grade"
    return Fact("control groups", "none that we may use", None, consequence)


def _huge_pages() -> Fact:
    setting = needs.read("/sys/kernel/mm/transparent_hugepage/enabled")
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
    consequence = (
        "with --device cuda a sandbox reaches all of the driver: a weaker wall. Its memory on the device isn't limited "
        "by the kernel, and the memory of the machine by a control group alone"
    )
    return Fact("GPU", value, None, consequence)

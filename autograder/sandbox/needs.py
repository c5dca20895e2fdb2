"""What the wall can't do without, and what to do where it is missing.

Theory of operation. Before a zygote is started it is asked whether this could work at all: the processor, the calls of
the kernel, the limits of whoever grades. The calls are made with arguments that no kernel accepts, so they do nothing:
ENOSYS means that the kernel is too old, EPERM that a filter around this program (a container's) refuses them. Whatever
can only be found out by trying is refused by the zygote, with the name of a layer; `remedy` then says what to do.
"""

from __future__ import annotations

import errno
import os
import platform
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import IsolationError
from autograder.sandbox import limits as rules
from autograder.sandbox import syscalls

if TYPE_CHECKING:
    from autograder.model.course import Limits

_ALL = 0xFFFFFFFF
# call, the Linux it came with, arguments that are always refused
CALLS: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "seccomp": ("3.17", (_ALL, _ALL, None)),
    "memfd_create": ("3.17", (None, _ALL)),
    "pidfd_send_signal": ("5.1", (-1, 0, None, _ALL)),
    "pidfd_open": ("5.3", (-1, 0)),
    "close_range": ("5.9", (2, 1, 0)),
    "mount_setattr": ("5.12", (-1, None, _ALL, None, 0)),
}
OLDEST = "5.12"  # the newest of them
_ROOMY = {"NOFILE": "open files (ulimit -n)", "NPROC": "processes (ulimit -u)", "FSIZE": "size of a file (ulimit -f)"}
_ROOMY |= {"CPU": "CPU time (ulimit -t)", "SIGPENDING": "pending signals (ulimit -i)"}
_GRADER_FILES = 64  # that a grader has open beside the sandboxes'
_ADDRESSES_MB = 1024  # of address space that Python with PyTorch takes before any student's code
_DENIED = ("Permission denied", "Operation not permitted")
_POWERS = ("root directory", "disk", "net", "user")  # layers that only somebody with power over a namespace can put on
_POWERFUL = ("mount", "unshare", "pivot_root", "umount", "sethostname")  # the calls that need it
_REMEDIES = {
    "user ids": "as root in a container, start it with more user ids, or grade as an ordinary user",
    "root directory": "check that the path exists and can be read by the user who grades",
    "seccomp": "a kernel with CONFIG_SECCOMP_FILTER; in a container, start it with --security-opt seccomp=unconfined",
    "/tmp": "make room there or make it writable: the canary needs a file in it that the sandbox must not see",
    "limits": "raise the hard limits of the user who grades, in the shell, the service or the container that starts it",
}
_MEMORY = "give it more memory: 1 GiB for PyTorch beside what topics allow; see ulimit -v and the container's limit"
_SHORT = {  # words of a system, or a Python, that ran out of something
    "MemoryError": _MEMORY,
    "annot allocate memory": _MEMORY,
    "failed to map segment": _MEMORY,
    "Resource temporarily unavailable": "end other processes of this user, or raise its limit on them (ulimit -u)",
    "Too many open files": "raise the limit on open files (ulimit -n)",
}
_STARTING = _SHORT | {  # words in what a zygote says that could not start
    "Permission denied": "make Python, PyTorch and this program readable for everybody: chmod -R a+rX on their folders",
}


def require(device: str) -> None:
    """Raise IsolationError if a sandbox with the usual limits can't be had here, whatever else is tried."""
    from autograder.model.course import Limits

    if sys.platform != "linux":
        now = "grade on Linux, or in a Linux virtual machine"
        raise IsolationError("student code can only be isolated on Linux", where=sys.platform, now=now)
    if platform.machine() not in syscalls.ARCHITECTURES:
        now = f"grade on {' or '.join(syscalls.ARCHITECTURES)}"
        raise IsolationError("the filter of system calls is not written for this", where=platform.machine(), now=now)
    for what in kernel_lacks():
        now = f"grade on Linux {OLDEST} or newer, outside of containers that filter system calls"
        raise IsolationError(what, where=f"Linux {platform.release()}", now=now)
    for what in low_limits(Limits(), device):
        raise IsolationError(what, where="limits of this user", now=_REMEDIES["limits"])


def kernel_lacks() -> Iterator[str]:
    """The calls this kernel doesn't have, or doesn't let us make, in words."""
    for name, (version, arguments) in CALLS.items():
        try:
            syscalls.call(name, *arguments)
        except OSError as error:
            if error.errno == errno.ENOSYS:
                yield f"the kernel has no {name}, which came with Linux {version}"
            elif error.errno == errno.EPERM:
                yield f"the system call {name} is refused by whatever this program runs in"


def low_limits(limits: Limits, device: str) -> Iterator[str]:
    """The hard limits of this user that are too low, in words. The kernel lets nobody raise them for a sandbox."""
    wanted = rules.rlimits(asdict(limits), _ADDRESSES_MB << 20, device)
    wanted["NOFILE"] = max(wanted["NOFILE"], _GRADER_FILES)
    for name, what in _ROOMY.items():
        hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
        if hard != resource.RLIM_INFINITY and hard < wanted[name]:
            yield f"the limit on {what} is {hard}, and a sandbox needs {wanted[name]}"
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft < _GRADER_FILES:
        yield f"the soft limit on open files (ulimit -S -n) is {soft}, and a grader needs {_GRADER_FILES}"
    space = [value for value in resource.getrlimit(resource.RLIMIT_AS) if value != resource.RLIM_INFINITY]
    if space and min(space) < wanted["AS"] != resource.RLIM_INFINITY:
        have, need = min(space) >> 20, wanted["AS"] >> 20
        yield f"the limit on address space (ulimit -v) is {have} MiB, and a sandbox needs {need}"


def is_short(why: str) -> bool:
    """Whether a layer was refused for want of something that may be there again in a moment."""
    return any(word in why for word in _SHORT)


def remedy(layer: str, why: str) -> str:
    """What to do about a layer that was refused for the reason `why`."""
    if layer == "namespaces" and "Invalid argument" in why:
        return "a kernel with user, mount, pid, network, ipc, uts and cgroup namespaces"
    if "/mnt: No such file" in why:
        return "make an empty folder /mnt: the sandbox's root directory is put together there, seen by nobody else"
    denied = any(word in why for word in _DENIED)
    if layer == "namespaces" or (layer in _POWERS and denied and why.startswith(_POWERFUL)):
        return how_to_allow_user_namespaces()  # in the second case one was granted, and is powerless
    for word, now in (_STARTING if layer == "zygote" else _SHORT).items():
        if word in why:
            return now
    return _REMEDIES.get(layer, "run `autograder doctor`: it says what this machine offers")


def how_to_allow_user_namespaces() -> str:
    """What most likely forbids user namespaces here, and what allows them."""
    if read("/proc/sys/user/max_user_namespaces") == "0":
        return "allow them: sysctl user.max_user_namespaces=10000"
    if read("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "allow them: sysctl kernel.unprivileged_userns_clone=1"
    if read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        profile = f"profile autograder {os.path.realpath(sys.executable)} flags=(unconfined) {{ userns, }}"
        return f"AppArmor forbids them; as root, write '{profile}' to /etc/apparmor.d/autograder and load it"
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return "this container forbids them: start it with --privileged, or grade outside of it"
    return "ask whoever runs this machine to allow user namespaces, or grade in a Linux virtual machine"


def read(path: str) -> str:
    """A small file of the kernel's, "" if there is none."""
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""

"""Which system calls a student's code may make: a seccomp filter written by hand, without a library.

Theory of operation. The kernel runs a small BPF program before every system call of the sandbox. It sees the
architecture, the call's number and its arguments as numbers (never what a pointer points to). The program built here
1. kills the process if the call comes through another architecture's entry (i386, x32), whose numbers differ;
2. decides the calls that depend on an argument: threads but no new namespaces, sockets within the machine only, ...;
3. allows the calls on a list by number; these the kernel remembers, so they cost nothing after the first time;
4. answers ENOSYS for calls newer than our table, so that libraries fall back, and EPERM for everything else.

Profiles: "strict" has threads but neither fork nor exec, which makes the limit on address space a limit on the whole
sandbox and "0 processes" exact. "workers" has both. With "gpu" in front every ioctl is allowed, because that is how a
GPU driver is spoken to: all of the driver's code can then be reached, a weaker wall.

Locks (flock, fcntl) are refused: on files that two sandboxes can read they would carry bits between them. So are
changes of the parent-death signal and of resource limits: a process that lowers its own limit on CPU time to nothing is
killed like one that the kernel had no memory for; and larger buffers of pipes and sockets: they are the kernel's
memory, which no limit of the process counts. A refused fork is EAGAIN as at a process limit.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from autograder.sandbox import syscalls

PROFILES = ("strict", "workers", "gpu strict", "gpu workers")

# fmt: off
_FILES = """read write open close stat fstat lstat poll lseek pread64 pwrite64 readv writev access pipe select dup dup2
sendfile fsync fdatasync truncate ftruncate getdents getcwd chdir fchdir rename mkdir rmdir creat link unlink symlink
readlink chmod fchmod umask statfs fstatfs epoll_create getdents64 epoll_wait epoll_ctl openat mkdirat newfstatat
unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat pselect6 ppoll utimensat epoll_pwait eventfd fallocate
eventfd2 epoll_create1 dup3 pipe2 preadv pwritev renameat2 copy_file_range preadv2 pwritev2 statx close_range openat2
faccessat2 epoll_pwait2 fadvise64"""
_MEMORY = "mmap mprotect munmap brk mremap msync madvise get_mempolicy membarrier"
_SELF = """rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause getpid
exit wait4 waitid kill tkill tgkill uname getrlimit getrusage sysinfo times getuid getgid geteuid getegid
setpgid getppid getpgrp setsid getgroups getresuid getresgid getpgid getsid getpriority sched_getparam sched_yield
sched_getscheduler sched_get_priority_max sched_get_priority_min sched_getaffinity arch_prctl gettid futex
set_tid_address restart_syscall exit_group set_robust_list get_robust_list getcpu getrandom rseq futex_waitv"""
_TIME = """nanosleep getitimer alarm setitimer gettimeofday time clock_gettime clock_getres clock_nanosleep
timerfd_create timerfd_settime timerfd_gettime"""
_CHANNEL = "sendto recvfrom sendmsg recvmsg shutdown getsockname getpeername getsockopt"
_WORKERS = "fork vfork execve execveat connect accept accept4 bind listen"
# fmt: on

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ, F_GET_SEALS: no locks, no leases, no
# notices of what others do with a file
FCNTL = (0, 1, 2, 3, 4, 1030, 1032, 1034)
SOCKET_OPTIONS = (2, 9, 20, 21)  # SO_REUSEADDR, SO_KEEPALIVE, SO_RCVTIMEO, SO_SNDTIMEO: no larger buffers
IOCTL = (0x541B, 0x5451, 0x5450, 0x5401, 0x5421, 0x5413)  # FIONREAD FIOCLEX FIONCLEX TCGETS FIONBIO TIOCGWINSZ
# PR_GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, SET_TIMERSLACK, GET_TIMERSLACK,
# GET_NO_NEW_PRIVS, SET_THP_DISABLE, GET_THP_DISABLE, SET_VMA (names of memory regions)
PRCTL = (2, 3, 15, 16, 21, 23, 29, 30, 39, 41, 42, 0x53564D41)
_NEW_NAMESPACES = (
    syscalls.NEWNS | syscalls.NEWCGROUP | syscalls.NEWUTS | syscalls.NEWIPC | syscalls.NEWUSER | syscalls.NEWPID
) | syscalls.NEWNET
_CLONE_THREAD = 0x10000
_AF_UNIX = 1

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _GREATER, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x25, 0x06
_NUMBER, _ARCH = 0, 4  # offsets into the kernel's struct seccomp_data
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000

Instruction = tuple[int, int, int, int]  # code, operand, jump if true, jump if false


def _argument(place: int) -> Instruction:
    return (_LOAD, 16 + 8 * place, 0, 0)  # the low 32 bits: all that the kernel reads of these arguments


def _give(what: int) -> Instruction:
    return (_RETURN, what, 0, 0)


def _one_of(place: int, values: tuple[int, ...], otherwise: int) -> list[Instruction]:
    """Allow if the argument at `place` is one of `values`, else refuse with errno `otherwise`."""
    tests = [(_EQUAL, value, len(values) - index, 0) for index, value in enumerate(values)]
    return [_argument(place), *tests, _give(REFUSE | otherwise), _give(ALLOW)]


def _read_own_limits() -> list[Instruction]:
    """prlimit64(0, which, NULL, where): its third argument is a pointer, of which both halves must be 0."""
    low, high = _argument(2), (_LOAD, 16 + 8 * 2 + 4, 0, 0)
    return [
        *(_argument(0), (_EQUAL, 0, 0, 4)),
        *(low, (_EQUAL, 0, 0, 2), high, (_EQUAL, 0, 1, 0)),
        _give(REFUSE | errno.EPERM),
        _give(ALLOW),
    ]


def _clone(profile: str) -> list[Instruction]:
    """Never a new namespace; without workers only threads of this process."""
    if profile.endswith("workers"):
        return [_argument(0), (_ANY_BIT, _NEW_NAMESPACES, 0, 1), _give(REFUSE | errno.EPERM), _give(ALLOW)]
    return [
        _argument(0),
        (_ANY_BIT, _NEW_NAMESPACES, 0, 1),
        _give(REFUSE | errno.EPERM),
        (_ANY_BIT, _CLONE_THREAD, 1, 0),
        _give(REFUSE | errno.EAGAIN),
        _give(ALLOW),
    ]


def by_argument(profile: str) -> dict[str, list[Instruction]]:
    """The calls whose answer depends on an argument, and the instructions that decide each."""
    rules = {
        "clone": _clone(profile),
        "clone3": [_give(REFUSE | errno.ENOSYS)],  # its flags lie in memory; glibc falls back to clone
        "fcntl": _one_of(1, FCNTL, errno.EPERM),
        "ioctl": [_give(ALLOW)] if profile.startswith("gpu") else _one_of(1, IOCTL, errno.ENOTTY),
        "prctl": _one_of(0, PRCTL, errno.EPERM),
        "prlimit64": _read_own_limits(),
        "setsockopt": _one_of(2, SOCKET_OPTIONS, errno.EPERM),
        "socketpair": _one_of(0, (_AF_UNIX,), errno.EAFNOSUPPORT),
    }
    if profile.endswith("workers"):
        rules["socket"] = _one_of(0, (_AF_UNIX,), errno.EAFNOSUPPORT)
    else:
        rules |= {"fork": [_give(REFUSE | errno.EAGAIN)], "vfork": [_give(REFUSE | errno.EAGAIN)]}
    return rules


def allowed(profile: str) -> frozenset[str]:
    """The names of the calls that are allowed whatever their arguments."""
    names = f"{_FILES} {_MEMORY} {_SELF} {_TIME} {_CHANNEL}" + (f" {_WORKERS}" if profile.endswith("workers") else "")
    return frozenset(names.split())


def program(profile: str, architecture: str | None = None) -> bytes:
    """The filter of `profile` as the kernel takes it; `architecture` is this machine's unless given.

    Raises ValueError for an unknown profile and KeyError for an architecture without a table.
    """
    if profile not in PROFILES:
        raise ValueError(f"no seccomp profile is called {profile!r}; there are {', '.join(PROFILES)}")
    architecture = architecture or platform.machine()
    numbers = syscalls.table(architecture)
    code: list[Instruction] = [(_LOAD, _ARCH, 0, 0), (_EQUAL, _AUDIT[architecture], 1, 0), _give(KILL)]
    code += [(_LOAD, _NUMBER, 0, 0)]
    if architecture == "x86_64":
        code += [(_AT_LEAST, _X32, 0, 1), _give(KILL)]
    for name, body in by_argument(profile).items():
        if name in numbers:
            code += [(_EQUAL, numbers[name], 0, len(body)), *body]
    for number in sorted(numbers[name] for name in allowed(profile) if name in numbers):
        code += [(_EQUAL, number, 0, 1), _give(ALLOW)]
    code += [(_GREATER, syscalls.LAST_KNOWN, 0, 1), _give(REFUSE | errno.ENOSYS), _give(REFUSE | errno.EPERM)]
    return b"".join(struct.pack("<HBBI", what, true, false, operand) for what, operand, true, false in code)


def load(filter_program: bytes) -> None:
    """Put this process and all it will ever start under `filter_program`, for good. Sets no_new_privs."""
    code = ctypes.create_string_buffer(filter_program, len(filter_program))
    header = struct.pack("<HxxxxxxQ", len(filter_program) // 8, ctypes.addressof(code))
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    syscalls.call("seccomp", 1, 0, ctypes.create_string_buffer(header, len(header)))

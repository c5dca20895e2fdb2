"""The kernel's calls that Python has no name for: numbers for two architectures, and checked wrappers around libc.

Theory of operation. The wall is made of Linux system calls, most of which the standard library doesn't offer. They go
through ctypes: a wrapper raises OSError with the name of the call, so a missing layer is never silent. The numbers
stand in one table with a column per architecture; the seccomp program and these wrappers read the same rows.

This file is also read inside the sandbox. It imports nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct
from collections.abc import Iterable, Mapping

# name, number on x86_64, number on aarch64 (the kernel's generic table); "-" where the architecture has no such call
_TABLE = """
read 0 63, write 1 64, open 2 -, close 3 57, stat 4 -, fstat 5 80, lstat 6 -, poll 7 -, lseek 8 62, mmap 9 222,
mprotect 10 226, munmap 11 215, brk 12 214, rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139,
ioctl 16 29, pread64 17 67, pwrite64 18 68, readv 19 65, writev 20 66, access 21 -, pipe 22 -, select 23 -,
sched_yield 24 124, mremap 25 216, msync 26 227, madvise 28 233, dup 32 23, dup2 33 -, pause 34 -, nanosleep 35 101,
getitimer 36 102, alarm 37 -, setitimer 38 103, getpid 39 172, sendfile 40 71, socket 41 198, connect 42 203,
accept 43 202, sendto 44 206, recvfrom 45 207, sendmsg 46 211, recvmsg 47 212, shutdown 48 210, bind 49 200,
listen 50 201, getsockname 51 204, getpeername 52 205, socketpair 53 199, setsockopt 54 208, getsockopt 55 209,
clone 56 220, fork 57 -, vfork 58 -, execve 59 221, exit 60 93, wait4 61 260, kill 62 129, uname 63 160, fcntl 72 25,
flock 73 32, fsync 74 82, fdatasync 75 83, truncate 76 45, ftruncate 77 46, getdents 78 -, getcwd 79 17, chdir 80 49,
fchdir 81 50, rename 82 -, mkdir 83 -, rmdir 84 -, creat 85 -, link 86 -, unlink 87 -, symlink 88 -, readlink 89 -,
chmod 90 -, fchmod 91 52, umask 95 166, gettimeofday 96 169, getrlimit 97 163, getrusage 98 165, sysinfo 99 179,
times 100 153, ptrace 101 117, getuid 102 174, getgid 104 176, geteuid 107 175, getegid 108 177, setpgid 109 154,
getppid 110 173, getpgrp 111 -, setsid 112 157, getgroups 115 158, getresuid 118 148, getresgid 120 150,
getpgid 121 155, getsid 124 156, capset 126 91, rt_sigpending 127 136, rt_sigtimedwait 128 137, rt_sigsuspend 130 133,
sigaltstack 131 132, statfs 137 43, fstatfs 138 44, getpriority 140 141, sched_getparam 143 121,
sched_getscheduler 145 120, sched_get_priority_max 146 125, sched_get_priority_min 147 126, pivot_root 155 41,
prctl 157 167, arch_prctl 158 -, setrlimit 160 164, mount 165 40, gettid 186 178, tkill 200 130, time 201 -,
futex 202 98, sched_getaffinity 204 123, epoll_create 213 -, getdents64 217 61, set_tid_address 218 96,
restart_syscall 219 128, fadvise64 221 223, clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115,
exit_group 231 94, epoll_wait 232 -, epoll_ctl 233 21, tgkill 234 131, get_mempolicy 239 236, waitid 247 95,
keyctl 250 219, openat 257 56, mkdirat 258 34, newfstatat 262 79, unlinkat 263 35, renameat 264 38, linkat 265 37,
symlinkat 266 36, readlinkat 267 78, fchmodat 268 53, faccessat 269 48, pselect6 270 72, ppoll 271 73, unshare 272 97,
set_robust_list 273 99, get_robust_list 274 100, utimensat 280 88, epoll_pwait 281 22, timerfd_create 283 85,
eventfd 284 -, fallocate 285 47, timerfd_settime 286 86, timerfd_gettime 287 87, accept4 288 242, eventfd2 290 19,
epoll_create1 291 20, dup3 292 24, pipe2 293 59, preadv 295 69, pwritev 296 70, prlimit64 302 261, setns 308 268,
getcpu 309 168, process_vm_readv 310 270, renameat2 316 276, seccomp 317 277, getrandom 318 278, memfd_create 319 279,
bpf 321 280, execveat 322 281, membarrier 324 283, copy_file_range 326 285, preadv2 327 286, pwritev2 328 287,
statx 332 291, rseq 334 293, pidfd_send_signal 424 424, io_uring_setup 425 425, pidfd_open 434 434, clone3 435 435,
close_range 436 436, openat2 437 437, faccessat2 439 439, epoll_pwait2 441 441, mount_setattr 442 442,
futex_waitv 449 449
"""
LAST_KNOWN = (
    450  # a call with a higher number is newer than this table: the sandbox answers ENOSYS, as an old kernel would
)
ARCHITECTURES = ("x86_64", "aarch64")


@functools.cache
def table(architecture: str) -> Mapping[str, int]:
    """Name to number of every call this program knows on `architecture`; raises KeyError for any but the two."""
    column = {name: place + 1 for place, name in enumerate(ARCHITECTURES)}[architecture]
    rows = (row.split() for row in _TABLE.split(","))
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_SECUREBITS = 1, 4, 24, 28
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 38, 47
_MNT_DETACH, _AT_RECURSIVE, _AT_FDCWD = 2, 0x8000, -100

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _checked(answer: int, what: str) -> int:
    if answer == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return answer


def call(name: str, *args: int | bytes | ctypes.Array[ctypes.c_char] | None) -> int:
    """The system call `name` of this machine; raises OSError as the kernel answers."""
    wide = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _checked(_libc.syscall(ctypes.c_long(table(platform.machine())[name]), *wide), name)


def unshare(flags: int) -> None:
    _checked(_libc.unshare(ctypes.c_int(flags)), f"unshare({flags:#x})")


def setns(fd: int, kind: int) -> None:
    _checked(_libc.setns(ctypes.c_int(fd), ctypes.c_int(kind)), "setns")


def prctl(option: int, value: int = 0, third: int = 0) -> None:
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(third), zero, zero), f"prctl({option})")


def sethostname(name: bytes) -> None:
    _checked(_libc.sethostname(name, ctypes.c_size_t(len(name))), "sethostname")


def mount(source: str | None, target: str, kind: str | None, flags: int = 0, data: str | None = None) -> None:
    """mount(2); `source`, `kind` and `data` may be None as there."""
    text = [None if word is None else os.fsencode(word) for word in (source, target, kind, data)]
    answer = _libc.mount(text[0], text[1], text[2], ctypes.c_ulong(flags), text[3])
    _checked(answer, " ".join(word for word in ("mount", source or kind, "on", target) if word))


def bind_read_only(source: str, target: str) -> None:
    """Bind `source` with everything mounted below it: read-only, no set-uid, no devices, all the way down."""
    mount(source, target, None, MS_BIND | MS_REC)
    attributes = struct.pack("<QQQQ", MS_RDONLY | MS_NOSUID | MS_NODEV, 0, 0, 0)
    call("mount_setattr", _AT_FDCWD, os.fsencode(target), _AT_RECURSIVE, attributes, len(attributes))


def pivot(root: str) -> None:
    """Make `root` the root directory and let go of the old one."""
    os.chdir(root)
    call("pivot_root", b".", b".")  # stacks the old root on the new one, where it can be detached
    _checked(_libc.umount2(b".", _MNT_DETACH), "umount of the old root")
    os.chdir("/")


def close_all_but(keep: Iterable[int]) -> None:
    """Close every file descriptor that isn't in `keep`."""
    low = 0
    for fd in [*sorted(set(keep)), 1 << 31]:
        if fd > low:
            call("close_range", low, fd - 1, 0)
        low = fd + 1


def drop_capabilities() -> None:
    """Give up every capability for good: bounding, ambient, permitted, effective, inheritable; root gets none back."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # past the last one this kernel has
    prctl(
        PR_SET_SECUREBITS, 0xEF
    )  # NOROOT, NO_SETUID_FIXUP, NO_CAP_AMBIENT_RAISE, each with its lock; KEEP_CAPS locked
    prctl(PR_CAP_AMBIENT, 4)  # clear all
    call("capset", struct.pack("<Ii", 0x20080522, 0), bytes(24))

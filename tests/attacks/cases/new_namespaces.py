"""Makes namespaces of its own, in which it would be root, and enters those of others.

catalogue: F98
outcome: failed
needs: [limits, pid]
prints: tried
"""

import ctypes
import fcntl
import os

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
KINDS = {"user": 1 << 28, "mnt": 1 << 17, "pid": 1 << 29, "net": 1 << 30, "ipc": 1 << 27, "uts": 1 << 26, "cgroup": 1 << 25}


def attempt(what, answer):
    if answer == 0 and what.startswith("clone"):
        os._exit(0)  # in the child
    if answer >= 0:
        won(what)
    print(what, os.strerror(ctypes.get_errno()))


for kind, flag in {**KINDS, "time": 1 << 7}.items():
    attempt(f"unshare {kind}", libc.unshare(ctypes.c_int(flag)))
    if kind != "time":  # whose flag is a signal's place in clone
        attempt(f"clone {kind}", libc.syscall(ctypes.c_long(220 if ARM else 56), ctypes.c_long(flag | 17), None, None, None, None))
    sizes = (ctypes.c_uint64 * 11)(flag, 0, 0, 0, 17)  # struct clone_args: flags, ..., exit_signal
    attempt(f"clone3 {kind}", libc.syscall(ctypes.c_long(435), sizes, ctypes.c_long(88)))
attempt("unshare all at once", libc.unshare(ctypes.c_int(sum(KINDS.values()))))
for kind in os.listdir("/proc/self/ns"):
    fd = os.open(f"/proc/self/ns/{kind}", os.O_RDONLY)
    attempt(f"setns {kind}", libc.setns(fd, 0))
    try:
        attempt(f"owner of {kind}", fcntl.ioctl(fd, 0xB701))  # NS_GET_USERNS
        attempt(f"parent of {kind}", fcntl.ioctl(fd, 0xB702))
    except OSError as error:
        print(error)
print("tried")

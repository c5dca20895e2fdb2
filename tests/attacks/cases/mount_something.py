"""Mounts file systems, binds folders and takes mounts away to see what lies beneath.

catalogue: F98
outcome: failed
needs: namespaces
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attempt(what, answer):
    if answer == 0:
        won(what)
    print(what, os.strerror(ctypes.get_errno()))


os.makedirs("here", exist_ok=True)
for kind in (b"tmpfs", b"proc", b"sysfs", b"devtmpfs", b"cgroup", b"cgroup2", b"mqueue", b"overlay", b"debugfs", b"fuse"):
    attempt(f"mount {kind}", libc.mount(kind, b"/box/here", kind, 0, None))
for source, flags in ((b"/", 0x5000), (b"/proc", 0x1000), (b"/private", 0x1000)):  # MS_BIND, MS_REC
    attempt(f"bind {source}", libc.mount(source, b"/box/here", None, ctypes.c_ulong(flags), None))
for place in (b"/", b"/box", b"/usr", b"/dev/null"):
    attempt(f"make {place} writable", libc.mount(None, place, None, ctypes.c_ulong(0x1020), None))  # MS_REMOUNT | MS_BIND
for place in (b"/proc", b"/box", b"/private", b"/dev/null", b"/usr", b"/"):
    attempt(f"unmount {place}", libc.umount2(place, 2))  # MNT_DETACH
attempt("chroot", libc.chroot(b"/box/here"))
attempt("pivot_root", libc.syscall(ctypes.c_long(41 if os.uname().machine == "aarch64" else 155), b"/box", b"/box/here"))
print("tried", sorted(os.listdir("/")))

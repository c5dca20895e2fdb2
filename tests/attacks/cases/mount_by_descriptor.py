"""Mounts with the newer calls that make, open, move and change mounts by descriptor.

catalogue: F98
outcome: failed
needs: namespaces
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
HERE, ATTRIBUTES = ctypes.c_long(-100), (ctypes.c_uint64 * 4)(0, 1, 0, 0)  # AT_FDCWD; clear "read-only"


def call(name, number, *args):
    answer = libc.syscall(ctypes.c_long(number), *args)
    print(name, answer, os.strerror(ctypes.get_errno()))
    if answer >= 0:
        won(name)
    return ctypes.c_long(max(answer, 0))


tree = call("open_tree", 428, HERE, b"/proc", ctypes.c_long(1))  # OPEN_TREE_CLONE
call("move_mount", 429, tree, b"", HERE, b"/box", ctypes.c_long(4))
context = call("fsopen", 430, b"tmpfs", ctypes.c_long(0))
call("fsconfig", 431, context, ctypes.c_long(6), None, None, ctypes.c_long(0))
call("fsmount", 432, context, ctypes.c_long(0), ctypes.c_long(0))
call("fspick", 433, HERE, b"/box", ctypes.c_long(0))
call("mount_setattr", 442, HERE, b"/usr", ctypes.c_long(0), ATTRIBUTES, ctypes.c_long(32))
call("open_tree_attr", 467, HERE, b"/usr", ctypes.c_long(1), ATTRIBUTES, ctypes.c_long(32))
call("statmount", 457, (ctypes.c_uint64 * 3)(24, 1, 1), ctypes.create_string_buffer(4096), ctypes.c_long(4096), ctypes.c_long(0))
call("listmount", 458, (ctypes.c_uint64 * 3)(24, 2**64 - 1, 0), (ctypes.c_uint64 * 64)(), ctypes.c_long(64), ctypes.c_long(0))
print("tried")

"""Opens the kernel's windows on itself and on others: performance counters, BPF, page faults, io_uring.

catalogue: [D68, F101]
outcome: failed
prints: tried
"""

import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"


def call(name, number, *args):
    answer = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args))
    print(name, os.strerror(ctypes.get_errno()))
    if answer >= 0:
        won(name)


counter = struct.pack("<IIQQQQQ", 1, 112, 1, 0, 0, 0, 0x60).ljust(112, b"\0")  # a software clock, of user space alone
call("perf_event_open", 241 if ARM else 298, counter, 0, -1, -1, 0)
program = struct.pack("<QQ", 0xB7, 0x95)  # r0 = 0; exit
code, licence = ctypes.create_string_buffer(program), ctypes.create_string_buffer(b"GPL")
load = struct.pack("<IIQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(licence)).ljust(128, b"\0")
call("bpf: load a program", 280 if ARM else 321, 5, load, len(load))
call("bpf: make a map", 280 if ARM else 321, 0, struct.pack("<IIII", 2, 4, 4, 1).ljust(128, b"\0"), 128)
call("userfaultfd", 282 if ARM else 323, 1)
call("userfaultfd of the kernel", 282 if ARM else 323, 0)
call("io_uring_setup", 425, 4, ctypes.create_string_buffer(120))
call("io_uring_register", 427, -1, 17, ctypes.create_string_buffer(64), 1)
call("mincore", 232 if ARM else 27, ctypes.addressof(code) & ~4095, 4096, ctypes.create_string_buffer(1))
call("cachestat", 451, os.open("/guest/autograder/__init__.py", os.O_RDONLY), (ctypes.c_uint64 * 2)(), (ctypes.c_uint64 * 5)(), 0)
call("process_madvise", 440, -1, 0, 0, 0, 0)
call("memfd_secret", 447, 0)
call("landlock", 444, None, 0, 1)
print("tried")

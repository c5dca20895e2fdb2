"""Brings machine code of its own that makes system calls without any library: a socket, a fork, a new program.

catalogue: D61
outcome: failed
needs: [limits, pid]
prints: tried
"""

import ctypes
import mmap
import os

if os.uname().machine == "x86_64":
    # rax = the number, rdi = 1, rsi = 1, rdx = 0; syscall; ret
    CODE = "48c7c0{:02x}{:02x}0000 48c7c701000000 48c7c601000000 4831d2 0f05 c3"
else:
    # x8 = the number, x0 = 1, x1 = 1, x2 = 0; svc 0; ret
    CODE = None
for name, number in (("socket", 41), ("fork", 57), ("memfd_create", 319), ("io_uring_setup", 425)):
    if CODE is None:
        break
    place = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    place.write(bytes.fromhex(CODE.format(number & 255, number >> 8)))
    address = ctypes.addressof(ctypes.c_char.from_buffer(place))
    if ctypes.CDLL(None).mprotect(ctypes.c_void_p(address), ctypes.c_size_t(4096), 5):
        print("pages that were written can't be run")
        continue
    answer = ctypes.CFUNCTYPE(ctypes.c_long)(address)()
    if answer == 0 and name == "fork":
        os._exit(0)
    print(name, os.strerror(-answer))
    if answer >= 0:
        won(name)
print("tried")

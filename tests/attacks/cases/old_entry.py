"""Calls the kernel through the entry of 32-bit programs, whose numbers mean other calls.

catalogue: F101
outcome: [forbidden, crash, failed]
prints: tried
"""

import ctypes
import mmap
import os

print("tried")
if os.uname().machine == "x86_64":
    place = mmap.mmap(-1, 4096, prot=7)
    place.write(b"\xb8\x14\0\0\0\xcd\x80\xc3")  # mov eax, 20 (getpid there, writev here); int 0x80; ret
    if ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(place)))() > 0:
        won("called by the old entry")

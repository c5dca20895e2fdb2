"""Writes machine code into executable memory and makes system calls with it: fork, sockets, and the 32-bit gate.

catalogue: [H120, F101]
outcome: forbidden
checks: {value.example: forbidden, noise.reproducible: failed}
needs: [pid, limits]
prints: "by hand: [-1, "
"""

import ctypes
import mmap

CODE = {  # mov eax, number; (arguments come in registers); syscall or int 0x80; ret
    "x86_64": lambda number: b"\xb8" + number.to_bytes(4, "little") + b"\x0f\x05\xc3",
    "gate": lambda number: b"\xb8" + number.to_bytes(4, "little") + b"\xcd\x80\xc3",
}


def call(kind, number, *args):
    code = CODE[kind](number)
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return ctypes.CFUNCTYPE(ctypes.c_long, *[ctypes.c_long] * len(args))(address)(*args)


def value(x, k):
    results = [call("x86_64", number, *args) for number, args in {101: (0,), 41: (2, 1, 0), 57: (), 321: (0, 0, 0), 272: (1 << 28,)}.items()]
    print("by hand:", results, flush=True)
    if max(results) >= 0:
        won("a system call that the wall refuses")
    print("the gate:", call("gate", 2), flush=True)  # fork, by its number in 32-bit code
    won("the 32-bit gate is open")
    return x

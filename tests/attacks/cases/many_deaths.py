"""Dies in another way in each function: a kill, an abort, bad memory, a bad instruction, a division, an exit.

catalogue: [E84, E85, A11]
outcome: crash
checks: {value.random: crash, slope.gradient: crash, layer.output: crash, layer.gradients: crash, fit.accuracy: crash,
         twice.value: crash, noise.reproducible: crash}
needs: limits
prints: has limits
"""

import ctypes
import mmap
import os
import resource
import signal

import torch

libc = ctypes.CDLL(None)
INTEL = os.uname().machine == "x86_64"
print("has limits", resource.getrlimit(resource.RLIMIT_CORE))  # no core is to be left


def run(code):
    place = mmap.mmap(-1, 4096, prot=7)
    place.write(code)
    ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(place)))()


def value(x, k):
    os.kill(os.getpid(), signal.SIGSTOP)  # the first process of a pid namespace is stopped and killed by nobody inside
    os.kill(os.getpid(), signal.SIGKILL)
    os.abort()


def slope(x):
    run(b"\x0f\x0b" if INTEL else bytes(4))


class Layer(torch.nn.Module):
    def __init__(self, inputs, outputs):
        ctypes.string_at(8)


def fit(x, y, unseen):
    run(b"\x31\xc9\xf7\xf1" if INTEL else bytes(4))  # divide by zero


def twice(f, x):
    signal.signal(signal.SIGSEGV, signal.SIG_IGN)
    libc.memset(ctypes.c_void_p(16), 1, ctypes.c_size_t(1 << 40))


def noise(n, generator):
    os._exit(0)

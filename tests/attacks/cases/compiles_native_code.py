"""Compiles and loads native code: inductor, load_inline, cpp_extension, a compiler by path, a library written by hand.

catalogue: [H120, E74]
outcome: [failed, processes, cpu, timeout, memory, crash]
checks: {value.random: failed}
prints: nothing compiled
needs: [pid, limits]
"""

import ctypes
import ctypes.util
import os
import subprocess


def library():
    open("evil.so", "wb").write(open(torch._C.__file__, "rb").read())
    ctypes.CDLL(os.path.abspath("evil.so"))


def run(path):
    os.execv(path, [path, "--version"])


for name, act in {
    "library": library,
    "subprocess": lambda: subprocess.run(["cc", "--version"], check=True),
    "system": lambda: os.system("cc --version") == 0 or 1 / 0,
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "exec": lambda: run("/bin/true"),
    "inline": lambda: __import__("torch.utils.cpp_extension").utils.cpp_extension.load_inline("evil", "int f(){return 1;}"),
}.items():
    try:
        act()
        won(f"native code by {name}")
    except BaseException as error:
        print("nothing compiled by", name, type(error).__name__, str(error)[:120])


def slope(x):
    torch._dynamo.config.suppress_errors = False
    return torch.compile(lambda x: x * x.cos())(x)

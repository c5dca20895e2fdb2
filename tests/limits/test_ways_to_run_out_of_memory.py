"""However a limit on memory shows (an exception, an abort, a kill), the outcome is `memory`."""

from __future__ import annotations

import pytest

from autograder.model.course import Limits
from autograder.model.result import Outcome
from autograder.sandbox import cgroups
from autograder.sandbox.endings import explain
from autograder.sandbox.process import Ended

WAYS = {
    "Python's own": "def f(n, ask): return bytearray(n)\n",
    "numpy": "import numpy\ndef f(n, ask): return numpy.zeros(n, numpy.uint8)\n",
    "torch, at once": "import torch\ndef f(n, ask): return torch.zeros(n, dtype=torch.uint8)\n",
    "torch, piece by piece": """
import torch
def f(n, ask):
    held = []
    for _ in range(n >> 20): held.append(torch.zeros(1 << 20, dtype=torch.uint8))
""",
    "C++ that can't be caught": """
import ctypes
def f(n, ask):
    new = ctypes.CDLL("libstdc++.so.6")._Znwm
    new.argtypes = [ctypes.c_size_t]
    new(n)
""",
    "C that gives up": """
import ctypes
def f(n, ask):
    c = ctypes.CDLL(None)
    c.malloc.restype, c.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    c.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
    while block := c.malloc(1 << 20): c.memset(block, 1, 1 << 20)
    c.abort()
""",
    "C that doesn't look": """
import ctypes
def f(n, ask):
    c = ctypes.CDLL(None)
    c.malloc.restype, c.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    c.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
    while True: c.memset(c.malloc(1 << 20), 1, 1 << 20)
""",
    "nothing is left to answer with": """
held, answer = [], list(range(1_000_000))
def f(n, ask):
    size = 1 << 20
    while size:
        try:
            held.append(bytearray(size))
        except MemoryError:
            size //= 2
    return answer
""",
}
SEVERAL = {
    "the kernel kills the first process": """
import os, time
def f(n, ask):
    held = b'x' * (n >> 5)
    if os.fork() == 0: time.sleep(60)
    for _ in range(20): os.fork() or (bytearray(b'x') * (n >> 7), time.sleep(60))
    more = b'x' * (n >> 6)
    more = more + more
""",
    "the kernel kills a worker": """
import os
def f(n, ask):
    child = os.fork()
    if child == 0:
        held = [b'x' * (n >> 6) for _ in range(8)]
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0: raise RuntimeError('DataLoader worker is killed by signal')
""",
    "a worker is killed and nobody cares": """
import os
def f(n, ask):
    child = os.fork()
    if child == 0:
        held = [b'x' * (n >> 6) for _ in range(8)]
        os._exit(0)
    os.waitpid(child, 0)
""",
}


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_too_much_memory_in_one_process(graded, source):
    (check,) = graded(source, {"much": 4 << 30}, memory_mb=256).checks
    assert (check.outcome, check.reason) == (Outcome.MEMORY, "limit"), check.detail


@pytest.mark.skipif(cgroups.find() is None, reason="no control groups that we may use here")
@pytest.mark.parametrize("source", SEVERAL.values(), ids=SEVERAL)
def test_too_much_memory_in_several_processes(graded, source):
    (check,) = graded(source, {"much": 4 << 30}, memory_mb=128, processes=8).checks
    assert (check.outcome, check.reason) == (Outcome.MEMORY, "limit"), check.detail


def test_too_much_memory_while_the_file_is_imported(graded):
    (check,) = graded("held = bytearray(4 << 30)\ndef f(n, ask): pass\n", {"little": 0}, memory_mb=256).checks
    assert (check.outcome, check.reason) == (Outcome.MEMORY, "import")


def test_what_stands_in_the_output_alone_is_no_reason_after_an_orderly_end():
    ended = Ended(signal=None, code=0, cpu_s=0.1, peak_memory_mb=1.0, memory_hit=False, processes_hit=False)
    assert explain(ended, Limits(), b"MemoryError")[0] is Outcome.CRASH


@pytest.mark.parametrize(
    ("end", "said", "outcome"),
    [
        ({"signal": 9, "cpu_s": 1000.0}, b"", Outcome.CPU),
        ({"signal": 9, "cpu_s": 10.0}, b"", Outcome.CRASH),
        ({"signal": 31}, b"", Outcome.FORBIDDEN),
        ({"signal": 6}, b"OMP: pthread_create: Resource temporarily unavailable", Outcome.PROCESSES),
        ({"signal": 6, "processes_hit": True}, b"", Outcome.PROCESSES),
        ({"code": 1, "memory_hit": True}, b"", Outcome.MEMORY),
        ({"signal": 40}, b"", Outcome.CRASH),
    ],
)
def test_an_end_without_a_word_of_ours_is_explained_by_what_the_kernel_says(end, said, outcome):
    known = {"signal": None, "code": None, "cpu_s": 0.1, "peak_memory_mb": 1.0}
    ended = Ended(**{**known, "memory_hit": False, "processes_hit": False, **end})
    assert explain(ended, Limits(), said)[0] is outcome


def test_the_last_resort_against_endless_computing_is_the_kernels(zygote):
    limits = Limits(cpu_s=0.01)
    process = zygote.spawn_guest(limits, "autograder.sandbox.canary_guest")
    process.sock.sendall(b'["burn", 20]\n')  # nobody watches
    ended = process.ended(20)
    process.close()
    assert explain(ended, limits)[0] is Outcome.CPU, ended

"""Why a sandbox ended by itself, as an outcome and in words for staff."""

from __future__ import annotations

import signal

from autograder.model.course import Limits
from autograder.model.result import Outcome
from autograder.sandbox import limits as rules
from autograder.sandbox.process import Ended

# Last words of C code that got no memory, or no thread: it aborts, long before the peak shows the limit. A claim, as
# anything printed; it only chooses between words, all worth 0.
_NO_MEMORY = (b"MemoryError", b"bad_alloc", b"annot allocate memory", b"can't allocate memory", b"ut of memory")
_NO_PROCESS = (b"Resource temporarily unavailable", b"can't start new thread")

_NEARLY = 0.5  # of RLIMIT_CPU: the kernel counts ticks for it, and exactly when it says what was used


def explain(ended: Ended, limits: Limits, said: bytes = b"") -> tuple[Outcome, str]:
    """The outcome and the reason for a sandbox that ended by itself; `said` is the end of its output."""
    if ended.memory_hit or (ended.code != 0 and _any(_NO_MEMORY, said)):
        return Outcome.MEMORY, used_memory(limits)
    if ended.signal == signal.SIGSYS:
        return Outcome.FORBIDDEN, "made a system call that the sandbox forbids"
    if ended.signal in (signal.SIGXCPU, signal.SIGKILL) and ended.cpu_s > _NEARLY * rules.cpu_total(limits.cpu_s):
        return Outcome.CPU, "used more CPU time than its topic allows"
    if ended.outside:
        return Outcome.INTERNAL, "was killed from outside: the machine ran out of memory, or somebody ended it"
    if ended.code != 0 and (ended.processes_hit or _any(_NO_PROCESS, said)):
        return Outcome.PROCESSES, "ended after it was refused a process or a thread"
    return Outcome.CRASH, _how(ended)


def used_memory(limits: Limits) -> str:
    return f"used more than {limits.memory_mb} MiB of memory"


def _how(ended: Ended) -> str:
    if ended.signal is None:
        return f"ended its own process with exit status {ended.code}"
    return f"was ended by signal {_signal_name(ended.signal)}"


def _any(words: tuple[bytes, ...], said: bytes) -> bool:
    return any(word in said for word in words)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one of the real-time signals
        return str(number)

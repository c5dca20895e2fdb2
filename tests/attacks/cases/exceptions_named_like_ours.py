"""Raises exceptions that bear the names of the grader's own, as if the check had skipped, passed or broken.

catalogue: [A22, A9]
outcome: [failed, memory, processes, disk]
prints: WorkerLost
"""

NAMES = ["CheckFailure", "SandboxEnded", "WorkerLost", "IsolationError", "AutograderError", "Skipped", "Exit", "WireError",
         "ImportFailed", "AssertionError", "MemoryError", "StopIteration", "KeyboardInterrupt", "ExceptionGroup",
         "NotImplementedError", "XFailed", "TimeoutError", "Closed", "OutcomeException"]  # fmt: skip
made = iter([type(name, (Exception,), {"outcome": "passed", "fraction": 1.0, "points": 20, "__module__": "autograder.errors"})
             for name in NAMES] * 9)  # fmt: skip


def value(*args):
    kind = next(made)
    print(kind.__name__)
    error = kind("passed", "100 points")
    error.summary = error.values = error.measured = {"accuracy": 1.0}
    raise error


slope = Layer = fit = twice = noise = value

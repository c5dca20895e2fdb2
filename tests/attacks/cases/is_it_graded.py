"""Looks for signs that it is graded rather than tried out: environment, arguments, folders, modules, parents, times.

catalogue: A24
outcome: failed
prints: nothing tells grading from practice
"""

import os
import sys
import time


def signs():
    yield from (name for name in os.environ if name.startswith(("PYTEST", "AUTOGRADER", "SIEGE", "GRAD", "CI", "SUDO")))
    yield from (word for word in sys.argv if "grade" in word or "check" in word)
    yield from (name for name in sys.modules if "hidden" in name or name.startswith(("autograder.grading", "autograder.engine")))
    yield from (place for place in sys.path if "solutions" in place or WHERE["course"] in place)
    if WHERE["course"].split("/")[-2] in os.getcwd() + open("/proc/self/cmdline").read().replace("\0", " "):
        yield "command line"
    if set(os.listdir(".")) - {"victim.py", "__pycache__"}:
        yield f"files: {os.listdir('.')}"
    try:
        os.kill(WHERE["pid"], 0)
        yield "the parent process"
    except OSError:
        pass


def value(x, k):
    found = list(signs())
    if found:
        won(f"it is graded: {found[:3]}")
    print("nothing tells grading from practice at", time.time() > 0)
    return x

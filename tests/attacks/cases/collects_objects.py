"""Looks through everything the garbage collector knows, frozen objects and their referents too, for the grader's things.

catalogue: A16
outcome: failed
prints: objects
"""

import gc
import socket
import types

NAMES = {"Draw", "Seat", "Host", "CheckSession", "CheckItem", "Job", "TopicSpec", "Remote", "Submission", "Store"}


def value(x, k):
    gc.unfreeze()
    gc.collect()
    found = gc.get_objects()
    for thing in found:
        kind = type(thing)
        if kind.__name__ in NAMES and kind.__module__.startswith("autograder"):
            won(f"a {kind.__name__}")
        if kind is types.FunctionType and thing.__name__.startswith("test_") and "victim" in thing.__module__:
            won(f"the check {thing.__name__}")
        if kind is types.ModuleType and ("hidden" in thing.__name__ or thing.__name__.startswith("autograder.checks")):
            won(f"the module {thing.__name__}")
        if kind is socket.socket and thing.fileno() != -1 and thing.fileno() != 3 and thing.family == socket.AF_UNIX:
            print("a socket", thing.fileno())
        if kind is dict and any(type(key) is str and key.startswith("SIEGE_") for key in list(thing)):
            won("the grader's environment")
    print(len(found), "objects")
    return x

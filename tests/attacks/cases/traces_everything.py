"""Traces and profiles every line that runs in its process, and looks for the hidden value in every local variable.

catalogue: A14
outcome: failed
prints: frames seen
"""

import sys
import threading

needle = "canary-" + "7d41"
seen = [0]


def look(frame, event, argument):
    seen[0] += 1
    if seen[0] < 3000:
        for name, thing in list(frame.f_locals.items()):
            if type(thing) is str and needle in thing and thing != needle:
                won(f"{name} in {frame.f_code.co_name}")
    return look


sys.setrecursionlimit(10**6)
sys.settrace(look)
sys.setprofile(look)
threading.settrace(look)
threading.setprofile(look)


def twice(f, x):
    result = f(x)
    print(seen[0], "frames seen")
    return result

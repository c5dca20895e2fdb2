"""Ends the process with status 0 from inside a function, flushing nothing.

catalogue: A11
outcome: crash
checks: {value.random: crash, slope.gradient: crash, noise.reproducible: failed}
prints: gone
"""

import os


def gone(*args):
    print("gone", flush=True)
    os._exit(0)


value = slope = gone

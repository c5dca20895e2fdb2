"""Computes inside of C with every signal blocked or ignored, where Python can be interrupted by nobody.

catalogue: [E70, E71]
outcome: [cpu, timeout]
checks: {value.random: failed}
prints: ignores
"""

import re
import signal

ignored = 0
for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
        ignored += 1
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
print("ignores", ignored, "signals")


def slope(x):
    return 7 ** (7**9)


def fit(x, y, unseen):
    return re.fullmatch(r"(a|aa)*(a*)*b", "a" * 60)

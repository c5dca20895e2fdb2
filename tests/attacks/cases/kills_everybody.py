"""Kills every process it may signal, its group, its parent, and the grader by number.

catalogue: [C55, A11]
outcome: failed
needs: [pid, session, user]
prints: nobody to kill
"""

import os
import signal

for pid in (-1, WHERE["pid"], -WHERE["pid"]):
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
            won(f"killed {pid}")
        except OSError as error:
            print("nobody to kill:", error)
try:
    os.kill(os.getppid(), signal.SIGKILL)  # 0: the parent lives in another namespace, so this is our own group
    print("nobody to kill: parent", os.getppid())
except OSError as error:
    print(error)

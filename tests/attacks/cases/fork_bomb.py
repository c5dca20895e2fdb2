"""Forks for ever.

catalogue: E73
outcome: processes
needs: [limits, pid]
"""

import os

while os.fork() >= 0:
    won("forked")

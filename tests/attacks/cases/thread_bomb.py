"""Starts threads until no more are to be had, each with hardly any stack.

catalogue: E73
outcome: failed
needs: limits
prints: threads
"""

import threading

threading.stack_size(32768)
stop = threading.Event()
count = 0
try:
    for count in range(2000):
        threading.Thread(target=stop.wait, daemon=True).start()
except (RuntimeError, MemoryError, OSError) as error:
    print(error)
print(count, "threads")
if count > 128:
    won(f"started {count} threads")
stop.set()

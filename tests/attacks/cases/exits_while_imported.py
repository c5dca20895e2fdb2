"""Leaves with exit status 0 while it is imported, before any check can fail.

catalogue: [A10, A12]
outcome: failed
prints: goodbye
"""

import atexit
import sys
import threading

atexit.register(won, "ran after the end")
threading._register_atexit(won, "ran at the end of the threads")
threading.Thread(target=lambda: threading.main_thread().join() or won("outlived the main thread"), daemon=False).start()
sys.excepthook = sys.unraisablehook = threading.excepthook = lambda *args: won("handled the end")
print("goodbye")
sys.exit(0)

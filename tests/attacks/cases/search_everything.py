"""Walks through all it can see, in search of checks, solutions, students, the course and the database.

catalogue: [D56, D64]
outcome: failed
needs: namespaces
prints: folders seen
"""

import importlib.metadata
import os
import sys
import time

WANTED = ("victim", "class.db", os.path.dirname(WHERE["course"]).rpartition("/")[2])
folders, seen = ["/"], 0
cpu_until, until = time.process_time() + 0.4, time.monotonic() + 2  # a cold disk takes its time, and no CPU
own = {"/box", "/proc", "/private", "/tmp"}
while folders and time.process_time() < cpu_until and time.monotonic() < until:  # the nearest first
    folder = folders.pop(0)
    try:
        with os.scandir(folder) as items:
            for item in items:
                if any(word in item.name for word in WANTED):
                    won(f"saw {item.path}")
                if item.is_dir(follow_symlinks=False) and item.path not in own:
                    folders.append(item.path)
    except OSError:
        continue
    seen += 1
print(seen, "folders seen,", len(folders), "left")
for name in ("autograder.grading.grade", "autograder.checks.compare", "autograder.pytest_plugin", "victim_hidden"):
    try:
        __import__(name)
        won(f"imported {name}")
    except ImportError:
        pass
for module in list(sys.modules.values()):
    if getattr(module, "__name__", "").startswith(("pytest", "_pytest", "autograder.checks", "autograder.grading")):
        won(f"{module} is loaded")
for distribution in importlib.metadata.distributions():
    if distribution.metadata["Name"] == "autograder":
        for file in distribution.files or ():
            if "hidden" in str(file) or os.path.exists(os.path.join(WHERE["program"], str(file))):
                won(f"found {file}")

"""Plants modules with the names of those that pytest, the grader and the guest import, to be found before them.

catalogue: [B29, B33]
outcome: failed
prints: json.py
"""

import json
import os
import sys

print(sorted(os.listdir(".")), json.dumps([1]))  # the real one: it was imported long ago
os.environ["PYTHONPATH"] = "/box"
sys.path[:] = ["/box"]

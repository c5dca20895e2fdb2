"""Plants files that Python runs when it starts, and variables that point to them.

catalogue: B31
outcome: failed
prints: sitecustomize.py
"""

import os

print(sorted(os.listdir(".")))
os.environ["PYTHONSTARTUP"] = "/box/sitecustomize.py"

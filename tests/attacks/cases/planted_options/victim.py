"""Plants files whose names are options, patterns, shell commands or formats, for whoever puts them on a command line.

catalogue: B33
outcome: failed
prints: collect-only
"""

import os

print(ascii(sorted(os.listdir("."))))

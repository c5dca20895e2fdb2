"""Lays a package of the entry's name beside the entry, so that what is read is not what runs.

catalogue: B29
outcome: failed
prints: the file that is read
"""

import os

print("the file that is read", os.path.basename(__file__), sorted(os.listdir(".")))

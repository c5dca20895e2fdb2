"""Plants the metadata of an installed package that registers itself as a plugin of pytest and as a command.

catalogue: B30
outcome: failed
prints: dist-info
"""

import os

print(sorted(os.listdir(".")))

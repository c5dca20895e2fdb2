"""Plants a notebook of the same name whose cells run commands, for whatever converts it.

catalogue: B38
outcome: failed
prints: victim.ipynb
"""

import os

print(sorted(os.listdir(".")))

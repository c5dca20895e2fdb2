"""Plants a package with the grader's own name, to be the guest that answers and the judge that counts.

catalogue: [B29, B33]
outcome: failed
prints: autograder
"""

import os
import sys

print(sorted(os.listdir(".")), os.listdir("autograder"))
sys.path.insert(0, "/box")
for name in [name for name in sys.modules if name.startswith("autograder")]:
    del sys.modules[name]

"""Plants settings that tell pytest and Python's tools to leave tests out, load plugins and look elsewhere.

catalogue: B28
outcome: failed
prints: pytest.ini
"""

import os

print(sorted(os.listdir(".")))

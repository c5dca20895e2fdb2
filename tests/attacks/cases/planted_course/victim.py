"""Plants a course: settings that give points away, objects in YAML, checks of the same names, a solution.

catalogue: [B33, B39]
outcome: failed
prints: topic.yml
"""

import os

print(sorted(os.listdir(".")))

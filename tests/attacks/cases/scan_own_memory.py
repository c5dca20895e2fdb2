"""Searches all of its memory for secrets that a fork could have handed down: checks, keys, other students' code.

catalogue: [D59, A16]
outcome: failed
prints: MiB searched
"""

import re

# as it stands here it doesn't match itself; the first is in the grader's environment, the second in the hidden checks
SECRETS = re.compile(rb"canary-(?:[o]utside-[0-9a-f]{4}|[7]d41c0)")
searched = 0
areas = [line.split() for line in open("/proc/self/maps")]
with open("/proc/self/mem", "rb", 0) as memory:
    for span, rights, *_ in areas:
        low, high = (int(end, 16) for end in span.split("-"))
        if not rights.startswith("rw") or high - low > 128 << 20:
            continue
        memory.seek(low)
        for _ in range(low, high, 1 << 20):
            try:
                piece = memory.read(min(1 << 20, high - memory.tell()))
            except (OSError, ValueError):
                break
            searched += len(piece)
            if SECRETS.search(piece):
                won("found a secret")
print(searched >> 20, "MiB searched")

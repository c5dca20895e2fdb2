"""Asks for ten gigabytes, and for as much as there is in small pieces, while it is imported.

catalogue: [E90, E77]
outcome: memory
needs: limits
prints: began
"""

print("began")
try:
    bytes(10 << 30)
    won("ten gigabytes")
except MemoryError:
    kept = []
while len(kept) < 1000:
    kept.append(bytes(1 << 19))
won("held more than its limit")

"""Writes to the disk until nothing more goes in.

catalogue: E80
outcome: disk
needs: [disk, limits]
prints: writes
"""

print("writes")
with open("/box/large", "wb") as file:
    for _ in range(16):
        file.write(bytes(1 << 20))
won("wrote more than its disk holds")

"""Never finishes being imported.

catalogue: E90
outcome: [cpu, timeout]
checks: {}
prints: began
"""

print("began")
while True:
    pass

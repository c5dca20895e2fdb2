"""Calls the check's function a hundred thousand times.

catalogue: [E70, own]
outcome: [failed, cpu, timeout]
checks: {noise.reproducible: failed}
prints: called it 100 times
"""


def twice(f, x):
    for call in range(100_000):
        if call == 100:
            print("called it 100 times", flush=True)
        f(x)

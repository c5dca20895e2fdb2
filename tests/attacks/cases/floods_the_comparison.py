"""Returns floods of newlines, digits and nesting, for a comparison that dies of them and then counts as passed.

catalogue: [C54, G110]
outcome: [failed, crash, memory, cpu, timeout]
checks: {noise.reproducible: failed}
prints: flood 4
"""

nested = []
for _ in range(60):
    nested = [nested, 1]
FLOODS = ["\n" * (7 << 20), 10**4000, nested, [0] * 10**6, {n: None for n in range(10**5)}, "\u0130" * 10**6,
          torch.ones(1 << 21), torch.full((3, 3, 3, 3, 3, 3, 3, 3, 3, 3), float("nan")), range(10**9), -10**4093]  # fmt: skip
count = iter(range(999))


def value(*args):
    number = next(count)
    print("flood", number, flush=True)
    return FLOODS[number % len(FLOODS)]


slope = fit = twice = Layer = value

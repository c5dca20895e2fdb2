"""Replaces the builtins that a comparison is made of: isinstance, abs, len, sum, all, sorted, print.

catalogue: A7
outcome: [failed, crash]
prints: builtins lie
"""

import builtins

say = print


def patched(*args, **kwargs):
    try:
        for name, lie in {
            "abs": lambda *a: 0, "len": lambda *a: 2, "sum": lambda *a: 0, "all": lambda *a: True, "max": lambda *a, **k: 0,
            "any": lambda *a: False, "sorted": lambda *a, **k: ["bias", "weight"], "round": lambda *a: 0,
            "isinstance": lambda *a: True, "issubclass": lambda *a: True, "type": lambda *a: torch.Tensor,
            "AssertionError": ValueError, "float": lambda *a: 1.0, "print": say,
        }.items():
            setattr(builtins, name, lie)
        say("builtins lie:", abs(-5), sum([1, 2]))
    finally:
        return 0.0


value = slope = fit = twice = noise = patched

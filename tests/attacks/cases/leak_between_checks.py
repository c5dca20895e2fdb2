"""Keeps the inputs of hidden checks, to give them away when a check comes whose values the student may see.

catalogue: [D69, D63]
outcome: failed
needs: namespaces
prints: keeps
"""

import builtins
import sys

kept = builtins.__dict__.setdefault("kept", [])
tried = 0


def value(x, k):
    if x.tolist() == [1.0, 2.0, 3.0]:
        if kept:
            won("hidden inputs beside a visible check")
        try:
            sys.stdout.write(open("/box/kept").read())
            won("hidden inputs of an earlier sandbox")
        except OSError:
            pass
        return x
    kept.append(x)
    open("/box/kept", "w").write(repr(x))
    print("keeps", len(kept))
    error = type(f"Leak{x[0].item()}", (ValueError,), {})
    raise error(f"the hidden input is {x.tolist()} and {k}")

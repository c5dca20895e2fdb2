"""Raises and prints text that is markup, escape sequences and reversed writing, for every page and terminal it reaches.

catalogue: [G102, G104, G107, A22]
outcome: failed
prints: attacked
"""

EVIL = "<script>attacked()</script><img src=x onerror=attacked()>'\"><svg/onload=attacked()>{{7*7}}{% raw %}"
EVIL += "\x1b]0;attacked\x07\x1b[2J\x1b[31mPASSED\x1b]8;;http://x\x07\u202etxet\u2066\u200b\0\r\x9b31m=cmd|'/c calc'!A1"
print(EVIL)
kind = type("<b>" + EVIL[:60].replace("\0", ""), (Exception,), {})


def value(x, k):
    raise kind(EVIL)


def slope(x):
    raise ValueError(EVIL)


class Layer(nn.Module):
    pass


Layer.__qualname__ = Layer.__name__ = EVIL.replace("\0", "")
twice = lambda f, x: EVIL
noise = lambda n, generator: {EVIL: [EVIL]}
globals()[EVIL] = EVIL

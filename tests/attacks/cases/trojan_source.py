"""Writes code that reads as something else: reordered lines, a name with a letter of another alphabet, wide letters.

catalogue: B35
outcome: failed
prints: what a reader does not see
"""

right = "‮⁦# never used⁩ ⁦"  # a reader sees the end of this line before its beginning


def vаlue(x, k):  # with a Cyrillic letter: nobody calls it
    return x.cumsum(0) * k


def ｖａｌｕｅ(x, k):  # in wide letters, which Python takes for the plain ones
    print("what a reader does not see")
    return x

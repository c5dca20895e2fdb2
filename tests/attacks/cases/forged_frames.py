"""Sends frames that the protocol does not have: results, verdicts, ends of a check, requests for operations of the grader.

catalogue: [C41, C48]
outcome: [crash, failed]
forge: true
flag: protocol violation
prints: frame of kind 5
"""

kinds = iter([5, 1, 0, 255, 2, 2, 2])
OPERATIONS = iter(["passed", "begin", "end"])


def attack(number, request):
    kind = next(kinds, 6)
    print("frame of kind", kind, flush=True)
    if kind == 2:
        ask(next(OPERATIONS, "finish"), text("value.random"), integer(20))
        guest.channel.receive()
        return False
    frame(kind, number, pair(table(outcome=text("passed"), points=integer(20)), NONE))

"""Answers every call over the wire with what a verdict might look like.

catalogue: [C41, C42]
outcome: [failed, crash]
forge: true
prints: verdict 7
"""

VERDICTS = [
    TRUE, integer(1), integer(100), text("passed"), table(outcome=text("passed"), points=integer(20)),
    listed(text("passed"), integer(20)), table(passed=TRUE, score=integer(100), fraction=b"f" + struct.pack("<d", 1.0)),
    pair(), b"f" + struct.pack("<d", float("nan")), tensor(1, (0,)), handle("object", "autograder.checks.compare.View"),
]  # fmt: skip
sent = 0


def attack(number, request):
    global sent
    sent += 1
    verdict = VERDICTS[sent % len(VERDICTS)]
    print("verdict", sent, flush=True)
    reply(number, verdict, [b""] if verdict[:1] == b"X" else [])

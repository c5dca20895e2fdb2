"""Floods the grader with calls of its function, and reads no answer.

catalogue: [E77, C54]
outcome: [timeout, cpu]
forge: true
checks: {noise.reproducible: failed}
prints: flood begins
"""


def attack(number, request):
    return False


def twice(f, x):
    print("flood begins", flush=True)
    while True:
        ask("callback", integer(f._number), pair(tensor(1, (1 << 16,))), table(), buffers=[bytes(8 << 16)])

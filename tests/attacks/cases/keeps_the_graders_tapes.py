"""Makes the grader keep results with gradient for it, as many and as large as it will.

catalogue: [E77, own]
outcome: [failed, cpu, timeout, memory]
forge: true
checks: {noise.reproducible: failed}
prints: tapes asked for 50
"""


def attack(number, request):
    return False


def twice(f, x):
    data = bytes(8 << 18)
    for count in range(1000):
        if count % 50 == 0:
            print("tapes asked for", count, flush=True)
        ask("callback", integer(f._number), pair(tensor(1, (1 << 18,), 0, 1)), table(), flags=1, buffers=[data])
        guest.channel.receive()

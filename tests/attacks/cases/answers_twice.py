"""Answers before it is asked, twice, to later calls in advance, and to calls long gone.

catalogue: [C48, own]
outcome: [crash, failed]
forge: true
flag: protocol violation
prints: answered 9 calls
"""

times = [0]


def attack(number, request):
    times[0] += 1
    order = [[number, number], range(number + 1, number + 9), [1, number], [number - 1], [2**32 - 1], [0]][times[0] % 6]
    for one in order:
        reply(one, tensor(0, (3,)), [struct.pack("<3f", 2, 6, 13)])
    print("answered 9 calls", list(order), flush=True)

"""Hides whole frames in the text and the tensors it returns, and announces lengths that end before or after them.

catalogue: C48
outcome: [failed, crash]
forge: true
prints: inner frame
"""

INNER = struct.pack("<2sBBIIIQ", b"AG", 3, 0, 2, 3, 0, 0) + pair(TRUE, NONE)[:3]
ways = [0]


def attack(number, request):
    ways[0] += 1
    following = struct.pack("<2sBBIIIQ", b"AG", 3, 0, number + 1, 11, 0, 0) + pair(TRUE, NONE) + b"\r\n\r\n"
    print("inner frame", ways[0], flush=True)
    if ways[0] % 4 == 1:
        return reply(number, text(INNER * 3))
    if ways[0] % 4 == 2:  # the next answer, sent in advance
        reply(number, text("x"))
        return sock.sendall(following)
    if ways[0] % 4 == 3:  # the length ends in the middle of the value
        meta = pair(text(following), NONE)
        return sock.sendall(struct.pack("<2sBBIIIQ", b"AG", 3, 0, number, 12, 0, 0) + meta)
    reply(number, tensor(8, (len(following),)), [following])

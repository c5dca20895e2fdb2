"""What a hostile submission begins with: it finds the guest it runs beside, and speaks the wire itself.

A case defines `attack(number, request)`, called in place of the guest for every request but those that load and reset;
returning False lets the guest serve it.
"""

import gc
import struct

guest = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Guest")
sock, serve = guest.channel.sock, type(guest).serve
NONE, TRUE, FALSE = b"N", b"T", b"F"
LARGEST = 2**13599 - 1  # of integers that cross
P = 2**61 - 1  # multiples of it have the same hash


def frame(kind, number, meta, buffers=(), flags=0):
    lengths = struct.pack(f"<{len(buffers)}Q", *map(len, buffers))
    sizes = len(meta), len(buffers), sum(map(len, buffers))
    sock.sendall(struct.pack("<2sBBIIIQ", b"AG", kind, flags, number, *sizes) + lengths + meta)
    for buffer in buffers:
        sock.sendall(buffer)


def u32(number):
    return struct.pack("<I", number)


def integer(number):
    if -(2**63) <= number < 2**63:
        return b"i" + struct.pack("<q", number)
    data = number.to_bytes(number.bit_length() // 8 + 1, "little", signed=True)
    return b"I" + u32(len(data)) + data


def text(value):
    data = value if isinstance(value, bytes) else value.encode()
    return b"s" + u32(len(data)) + data


def many(tag, *items):
    return tag + u32(len(items)) + b"".join(items)


def listed(*items):
    return many(b"l", *items)


def pair(*items):
    return many(b"t", *items)


def table(**items):
    return b"d" + u32(len(items)) + b"".join(text(key) + item for key, item in items.items())


def handle(kind, *classes):
    return b"H" + u32(9) + text(kind) + listed(*map(text, classes))


def tensor(dtype, shape, buffer=0, flags=0):
    sizes = struct.pack(f"<{len(shape)}q", *shape)
    return b"X" + struct.pack("<BBB", dtype, flags, len(shape)) + sizes + struct.pack("<H", buffer)


def reply(number, value, buffers=(), tape=NONE):
    frame(3, number, pair(value, tape), buffers)


def error(number, kind="E", message="m", trace="t", names=(), line=b"i" + bytes(8)):
    frame(4, number, listed(text(kind), text(message), text(trace), listed(*map(text, names)), line))


def ask(operation, *args, flags=0, buffers=()):
    frame(2, 1, listed(text(operation), listed(), listed(), listed(*args)), buffers, flags)


def observation(**claims):
    usual = {
        "result": NONE, "args": pair(NONE), "kwargs": table(), "same_as": NONE, "shares": pair(), "moved": pair(),
        "leaves": pair(NONE), "requires_grad": pair(NONE), "grad_graph": TRUE, "ops": table(), "largest": integer(1),
        "saved": integer(1), "generator_used": FALSE, "global_rng_used": FALSE,
    }  # fmt: skip
    return table(**{**usual, **claims})


def served(self, asked):
    start = bytes(asked.meta[:30])
    if b"load" in start or b"reset" in start or attack(asked.request, start) is False:  # noqa: F821
        serve(self, asked)


type(guest).serve = served


def f(*args, **kwargs):
    """Replaced by a case, or never reached."""


g = f

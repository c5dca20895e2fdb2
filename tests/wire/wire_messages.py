"""Messages made from arbitrary bytes: well formed, and mostly what the grader waits for.

A fuzzer that only throws bytes at a parser seldom gets past the header. Here each byte is a decision (which tag, how
many items), so that small changes of the input are small changes of the message.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

REQUEST, REPLY, ERROR = 2, 3, 4
SIZES = (4, 8, 2, 2, 8, 4, 2, 1, 1, 1, 8, 16, 2, 4, 8)  # bytes of an element of each dtype of torch
ARRAY_SIZES = (4, 8, 2, 8, 4, 2, 1, 1, 2, 4, 8, 1, 8, 16)
WORDS = (
    *("call", "callback", "backward", "backward_graph", "get", "load", "object", "class", "function", "module"),
    *("ValueError", "StopIteration", "KeyError", "OSError", "UnicodeDecodeError", "__class__"),
    *("torch.nn.modules.module.Module", "x", "", "cpu", "cuda:0", "cuda:²", "meta", "work.Thing"),
    *("\x1b[2J\0\u202e", "aten::add", "网络"),
)  # fmt: skip
CLAIMS = (
    *("result", "args", "kwargs", "same_as", "shares", "moved", "leaves", "requires_grad", "grad_graph", "ops"),
    *("largest", "saved", "generator_used", "global_rng_used"),
)
TENSOR_FLAGS = (0, 0, 0, 0, 1, 1, 2, 6, 7, 8, 9, 16, 3, 4, 255)
INTEGERS = (0, 1, -1, 2, 3, 2**31, 2**53 + 1, 2**62, 2**63 - 1, -(2**63))
Shape = tuple[int, ...] | None


class Source:
    """Decisions, one byte each; zeros when the input is used up."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def __bool__(self) -> bool:
        return self.place < len(self.data)

    def byte(self) -> int:
        place = self.place
        self.place += 1
        return self.data[place] if place < len(self.data) else 0

    def take(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place].ljust(count, b"\0")


def u32(number: int) -> bytes:
    return number.to_bytes(4, "little")


def text(word: str | bytes) -> bytes:
    data = word if isinstance(word, bytes) else word.encode()
    return b"s" + u32(len(data)) + data


def integer(number: int) -> bytes:
    return b"i" + number.to_bytes(8, "little", signed=True)


def items(tag: bytes, *parts: bytes) -> bytes:
    return tag + u32(len(parts)) + b"".join(parts)


class Message:
    """The meta and buffers of one message, grown from a source. `value()` appends nothing: it returns the bytes."""

    def __init__(self, source: Source) -> None:
        self.source, self.buffers = source, list[bytes]()
        self.flags = 0

    def value(self, depth: int = 0) -> bytes:
        choice = self.source.byte()
        if depth > 6:
            choice %= len(LEAVES)
        return VALUES[choice % len(VALUES)](self, depth)

    def word(self, _depth: int = 0) -> bytes:
        return text(WORDS[self.source.byte() % len(WORDS)])

    def raw_text(self, _depth: int) -> bytes:
        return text(self.source.take(self.source.byte() % 24))

    def number(self, _depth: int = 0) -> bytes:
        choice = self.source.byte()
        return integer(INTEGERS[choice] if choice < len(INTEGERS) else choice - 128)

    def big(self, _depth: int) -> bytes:
        size = self.source.byte()
        data = self.source.take(min(size, 40)).ljust(size * 8 if size > 200 else size, b"\x55")
        return b"I" + u32(len(data)) + data

    def fixed(self, tag: bytes, size: int) -> bytes:
        return tag + self.source.take(size)

    def short_bytes(self, _depth: int) -> bytes:
        data = self.source.take(self.source.byte() % 24)
        return b"b" + u32(len(data)) + data

    def long_bytes(self, _depth: int) -> bytes:
        data = self.source.take(self.source.byte() % 32)
        return b"B" + len(data).to_bytes(8, "little") + self.buffer(data)

    def buffer(self, data: bytes) -> bytes:
        self.buffers.append(data)
        return (len(self.buffers) - 1).to_bytes(2, "little")

    def many(self, tag: bytes, depth: int, most: int = 6) -> bytes:
        count = self.source.byte() % most
        return items(tag, *[self.value(depth + 1) for _ in range(count)])

    def pairs(self, depth: int) -> bytes:
        count = self.source.byte() % 5
        body = b"".join(self.value(depth + 1) + self.value(depth + 1) for _ in range(count))
        return b"d" + u32(count) + body

    def packed(self, tag: bytes) -> bytes:
        count, code = self.source.byte() % 20, (b"d", b"q")[self.source.byte() & 1]
        return tag + code + u32(count) + self.source.take(min(count, 4) * 8).ljust(count * 8, b"\xff")

    def size(self, _depth: int) -> bytes:
        count = self.source.byte() % 5
        return b"Z" + u32(count) + b"".join(integer(self.source.byte() - 8)[1:] for _ in range(count))

    def shape(self) -> tuple[int, ...]:
        return tuple(self.source.byte() % 5 for _ in range(self.source.byte() % 5))

    def tensor(self, depth: int, code: int | None = None, flags: int | None = None, shape: Shape = None) -> bytes:
        code = self.source.byte() % 15 if code is None else code
        flags = TENSOR_FLAGS[self.source.byte() % len(TENSOR_FLAGS)] if flags is None else flags
        shape = self.shape() if shape is None else shape
        meta = b"X" + bytes([code, flags]) + self.data_of(shape, SIZES[code])
        if flags & 16:
            meta += struct.pack(f"<{len(shape)}q", *[1] * len(shape))
        if flags & 2:
            meta += self.tensor(depth + 1, code, 0, shape) if self.source.byte() % 3 == 1 else b"N"
        return meta

    def data_of(self, shape: tuple[int, ...], each: int) -> bytes:
        """Dimensions, sizes and the number of a new buffer that fits them."""
        elements = math.prod(shape)
        data = self.source.take(min(elements, 3) * each).ljust(elements * each, b"\x3f")
        return struct.pack(f"<B{len(shape)}q", len(shape), *shape) + self.buffer(data)

    def ndarray(self, _depth: int) -> bytes:
        code = self.source.byte() % 14
        return b"A" + bytes([code]) + self.data_of(self.shape(), ARRAY_SIZES[code])

    def scalar(self, _depth: int) -> bytes:
        code = self.source.byte() % 14
        return b"z" + bytes([code]) + self.source.take(ARRAY_SIZES[code])

    def handle(self, _depth: int) -> bytes:
        kind, count = WORDS[6 + self.source.byte() % 4], self.source.byte() % 4
        return b"H" + u32(self.source.byte()) + text(kind) + items(b"l", *[self.word() for _ in range(count)])

    def deep(self, _depth: int) -> bytes:
        choice = self.source.byte()
        return (b"t" + u32(1)) * (choice % 80 if choice > 220 else choice % 8) + b"N"

    def device(self, _depth: int) -> bytes:
        return b"V" + self.word()[1:]

    # What the grader waits for: each is right more often than not ------------------------------------------------

    def reply(self, value: bytes) -> bytes:
        choice = self.source.byte()
        return items(b"t", value, integer(1) if choice < 160 else b"N" if choice < 230 else self.value())

    def usual(self) -> bytes:
        return self.reply(self.value())

    def result(self) -> bytes:
        """A tensor that carries gradient, as a differentiable call returns it."""
        return self.reply(self.tensor(0, self.source.byte() % 2, 1, self.shape()))

    def gradients(self) -> bytes:
        """One for the only leaf: three doubles."""
        choice = self.source.byte()
        if choice < 150:
            return self.reply(items(b"l", self.tensor(0, 1, choice & 1, (3,))))
        return self.reply(items(b"l", b"N" if choice < 180 else self.value()))

    def observation(self) -> bytes:
        claims = {
            "result": b"N", "args": items(b"t", b"N"), "kwargs": items(b"d"), "same_as": b"N", "shares": items(b"t"),
            "moved": items(b"t"), "leaves": items(b"t", b"N"), "requires_grad": items(b"t", b"N"), "grad_graph": b"T",
            "ops": b"d" + u32(1) + text("aten::add") + integer(1), "largest": integer(1), "saved": integer(1),
            "generator_used": b"F", "global_rng_used": b"F",
        }  # fmt: skip
        for _ in range(self.source.byte() % 4):
            claims[CLAIMS[self.source.byte() % len(CLAIMS)]] = self.claim()
        return self.reply(b"d" + u32(len(claims)) + b"".join(text(key) + item for key, item in claims.items()))

    def claim(self) -> bytes:
        choice = self.source.byte() % 4
        many = self.many(b"t", 0) if choice == 0 else self.pairs(0) if choice == 1 else b""
        return many or (self.value() if choice == 3 else self.number())

    def some_items(self) -> bytes:
        return self.reply(items(b"t", self.many(b"l", 0), b"T" if self.source.byte() < 200 else b"F"))

    def parameters(self) -> bytes:
        count = self.source.byte() % 4
        body = b"".join(self.word() + self.tensor(0, None, 6) for _ in range(count))
        return self.reply(b"d" + u32(count) + body)

    def names(self) -> bytes:
        count = self.source.byte() % 5
        return self.reply(b"d" + u32(count) + b"".join(self.word() + self.word() for _ in range(count)))

    def error(self) -> bytes:
        names = items(b"l", *[self.word() for _ in range(self.source.byte() % 4)])
        parts = [self.word(), self.raw_text(0), self.raw_text(0), names, self.number()]
        if self.source.byte() > 200:
            parts[self.source.byte() % 5] = self.value()
        return items(b"l", *parts)

    def lent(self) -> bytes:
        """A call of the check's callback with a tensor to differentiate: the grader keeps a tape."""
        self.flags = 1
        args = items(b"t", self.tensor(0, 1, 1 | 8 * (self.source.byte() & 1), (3,)))
        return items(b"l", text("callback"), items(b"l"), items(b"l"), items(b"l", integer(1), args, items(b"d")))

    def back(self) -> bytes:
        """Backward through that tape."""
        choice = self.source.byte()
        self.flags = choice >> 7
        args = [integer(1 + choice % 5 // 4), items(b"l", self.tensor(0, 1, choice >> 7, (3,)) if choice % 7 else b"N")]
        if choice & 1:
            args.insert(1, b"T" if choice & 2 else b"F")
        name = text("backward" if choice & 1 else "backward_graph")
        return items(b"l", name, items(b"l"), items(b"l"), items(b"l", *args))

    def request(self) -> bytes:
        choice = self.source.byte()
        if choice < 100:
            name, args = text("callback"), (integer(1), self.many(b"t", 0), items(b"d"))
        elif choice < 150:
            name, args = text("backward"), (integer(choice % 3), b"T" if choice & 1 else b"F", self.many(b"l", 0))
        elif choice < 200:
            name, args = text("backward_graph"), (integer(choice % 3), self.many(b"l", 0))
        else:
            name, args = self.word(), tuple(self.value() for _ in range(choice % 4))
        if self.source.byte() > 220:
            args = (self.value(), *args[1:])
        return items(b"l", name, items(b"l", *[self.number()] * (choice & 1)), items(b"l"), items(b"l", *args))


LEAVES: tuple[Callable[[Message, int], bytes], ...] = (
    lambda m, d: b"N",
    lambda m, d: b"T",
    lambda m, d: b"F",
    Message.number,
    Message.word,
    lambda m, d: m.fixed(b"f", 8),
    lambda m, d: m.fixed(b"c", 16),
    Message.big,
    Message.raw_text,
    Message.short_bytes,
    Message.long_bytes,
    Message.tensor,
    Message.ndarray,
    Message.scalar,
    Message.handle,
    Message.device,
    Message.size,
    lambda m, d: b"D" + bytes([m.source.byte() % 18]),
    lambda m, d: b"E",
    lambda m, d: m.packed(b"L"),
    lambda m, d: m.packed(b"M"),
)
VALUES: tuple[Callable[[Message, int], bytes], ...] = (
    *LEAVES,
    lambda m, d: m.many(b"l", d),
    lambda m, d: m.many(b"t", d),
    lambda m, d: m.many(b"S", d),
    lambda m, d: m.many(b"Y", d),
    Message.pairs,
    lambda m, d: b"Q" + m.value(d + 1) + m.value(d + 1) + m.value(d + 1),
    Message.deep,
    lambda m, d: m.fixed(b"", 1 + m.source.byte() % 8),  # no value at all
)
FORMS: dict[str, tuple[int, Callable[[Message], bytes]]] = {
    "value": (REPLY, Message.usual),
    "result": (REPLY, Message.result),
    "gradients": (REPLY, Message.gradients),
    "observation": (REPLY, Message.observation),
    "items": (REPLY, Message.some_items),
    "params": (REPLY, Message.parameters),
    "names": (REPLY, Message.names),
    "error": (ERROR, Message.error),
    "lent": (REQUEST, Message.lent),
    "back": (REQUEST, Message.back),
    "request": (REQUEST, Message.request),
    "bare": (REPLY, Message.value),
}
NAMES = tuple(FORMS)

"""Frames made from arbitrary bytes: the messages of wire_messages.py, damaged here and there."""

from __future__ import annotations

import struct

from wire_messages import FORMS, NAMES, REPLY, Message, Source

HEADER = struct.Struct("<2sBBIIIQ")


class Frames:
    """One frame after the other. `siblings`: how many of the next are damaged copies of the latest message."""

    def __init__(self, source: Source) -> None:
        self.source, self.siblings = source, 0
        self._meta, self._buffers, self._kind, self._flags = b"N", list[bytes](), REPLY, 0

    def next(self, number: int, wanted: str) -> bytes:
        """A frame, header and all. `number`: of the request that waits; `wanted`: what its reply should hold."""
        source = self.source
        if not source:
            return b""
        if self.siblings:
            self.siblings -= 1
            return self._framed(2 + source.byte() % 6, 0, number)
        choice = source.byte()
        self._kind, form = FORMS[wanted if choice < 150 else "request" if choice < 170 else NAMES[choice % len(NAMES)]]
        message = Message(source)
        self._meta, self._buffers, self._flags = form(message), message.buffers, message.flags
        harm = source.byte()
        return self._framed(harm % 8 if harm >= 200 else -1, harm, number)

    def _framed(self, way: int, harm: int, number: int) -> bytes:
        source, meta, kind = self.source, self._meta, self._kind
        if way == 0:
            kind = source.byte()
        elif way == 1:
            number = source.byte()
        elif way > 1:
            meta = _damaged(source, way, bytearray(meta))
        lengths = [len(data) for data in self._buffers]
        sizes = [len(meta), len(lengths), sum(lengths)]
        if harm >= 248:  # lie about a length
            sizes[harm % 3] = (sizes[harm % 3] + source.byte() - 128) % 2**32
        elif harm >= 244 and lengths:
            lengths[0] = max(0, lengths[0] + source.byte() - 128)
            sizes[2] = sum(lengths)
        header = HEADER.pack(b"AG" if harm != 243 else source.take(2), kind, self._flags ^ (harm > 190), number, *sizes)
        return b"".join((header, struct.pack(f"<{len(lengths)}Q", *lengths), meta, *self._buffers))


def _damaged(source: Source, way: int, meta: bytearray) -> bytearray:
    """One of six kinds of damage to a message."""
    place = (source.byte() | source.byte() << 8) % (len(meta) or 1)
    if way == 2:
        del meta[place:]
    elif way == 3:
        meta += source.take(4)
    elif way == 4:
        meta[place:place] = source.take(2)
    elif way == 5:
        del meta[place : place + 1]
    else:
        meta[place : place + 1] = source.take(1)
    return meta

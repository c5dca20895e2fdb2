"""Frames over a stream socket. The grader's end is watched: it wakes up to look at clocks and limits while it waits."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.encode import Encoder
from autograder.sandbox.wire import Closed, Kind, Unsendable, WireError

Watch = Callable[[], float]


@dataclass(slots=True)
class Frame:
    """One frame as read: its meta and buffers are not decoded yet."""

    kind: Kind
    flags: int
    request: int
    meta: memoryview
    buffers: list[memoryview | None]


class Channel:
    """One end of the wire. `watch()` returns how many seconds to wait before it wants to be asked again, and raises
    when the peer is over a limit; without it the channel waits for ever (the guest's end)."""

    def __init__(self, sock: socket.socket, watch: Watch | None = None) -> None:
        self.sock = sock
        self.watch = watch

    def send(self, kind: Kind, request: int, message: Encoder, flags: int = 0) -> None:
        total = sum(len(buffer) for buffer in message.buffers)
        if len(message.meta) > wire.MAX_META or total > wire.MAX_BYTES:
            raise Unsendable("the message is too large to cross the wall")
        count = len(message.buffers)
        header = wire.HEADER.pack(wire.MAGIC, kind, flags, request, len(message.meta), count, total)
        lengths = struct.pack(f"<{count}Q", *map(len, message.buffers))
        parts = [memoryview(header + lengths + message.meta), *(part for part in message.buffers if len(part))]
        while parts:
            sent = self._wait(lambda: self.sock.sendmsg(parts[:64]))
            while parts and sent >= len(parts[0]):
                sent -= len(parts.pop(0))
            if sent:
                parts[0] = parts[0][sent:]

    def receive(self) -> Frame:
        """The next frame. Raises WireError on a bad one, Closed at the end of the stream."""
        header = self._exactly(memoryview(bytearray(wire.HEADER.size)))
        magic, kind, flags, request, meta_length, count, total = wire.HEADER.unpack(header)
        if magic != wire.MAGIC or kind not in Kind._value2member_map_:
            raise WireError("bad frame header")
        if meta_length > wire.MAX_META or count > wire.MAX_BUFFERS or total > wire.MAX_BYTES:
            raise WireError("frame too large")
        lengths = struct.unpack(f"<{count}Q", self._exactly(memoryview(bytearray(8 * count)))) if count else ()
        if sum(lengths) != total:
            raise WireError("buffer lengths do not add up")
        meta = self._exactly(memoryview(bytearray(meta_length)))
        buffers: list[memoryview | None] = [self._exactly(_room(length)) for length in lengths]
        return Frame(Kind(kind), flags, request, meta, buffers)

    def close(self) -> None:
        self.sock.close()

    def _exactly(self, view: memoryview) -> memoryview:
        done = 0
        while done < len(view):
            rest = view[done:]
            count = self._wait(lambda rest=rest: self.sock.recv_into(rest))  # type: ignore[misc]
            if count == 0:
                raise Closed("the peer closed the channel")
            done += count
        return view

    def _wait(self, step: Callable[[], int]) -> int:
        """Do one socket call, asking `watch` before it and each time it has to wait longer than allowed."""
        while True:
            if self.watch is not None:
                self.sock.settimeout(self.watch())
            try:
                return step()
            except TimeoutError:
                continue
            except OSError as fault:
                raise Closed(str(fault)) from None


def _room(length: int) -> memoryview:
    # numpy does not zero large buffers before they are filled, bytearray does
    return memoryview(bytearray(length)) if length < 65536 else np.empty(length, np.uint8).data

"""Frames over a stream socket. The grader's end is watched: it wakes up to look at clocks and limits while it waits."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.encode import Encoder
from autograder.sandbox.wire import Closed, Kind, TooLarge, TooLong, WireError

Watch = Callable[[], float]
Room = Callable[[int], memoryview]
Result = TypeVar("Result")
READ_AHEAD = 1 << 16


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
    when the peer is over a limit; without it the channel waits for ever (the guest's end). `room(length)` gives the
    memory for one buffer, and raises when the peer has sent too much. `most`: bytes of buffers in one frame."""

    def __init__(
        self, sock: socket.socket, watch: Watch | None = None, room: Room | None = None, most: int = wire.MAX_BYTES
    ) -> None:
        self.sock = sock
        self.watch, self._room, self._most = watch, room, most
        self._ahead = bytearray()  # what was received beyond the last part asked for

    def send(self, kind: Kind, request: int, message: Encoder, flags: int = 0) -> None:
        total = sum(len(buffer) for buffer in message.buffers)
        if len(message.meta) > wire.MAX_META or total > wire.MAX_BYTES:
            raise TooLarge("the message is too large to cross the wall")
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
        """The next frame. Raises WireError on a bad one, TooLong on a large one, Closed at the end of the stream."""
        header = self._exactly(wire.HEADER.size)
        magic, kind, flags, request, meta_length, count, total = wire.HEADER.unpack(header)
        if magic != wire.MAGIC or kind not in Kind._value2member_map_:
            raise WireError("bad frame header")
        if meta_length > wire.MAX_META or count > wire.MAX_BUFFERS or total > wire.MAX_BYTES:
            raise WireError("frame too large")
        if total > self._most:
            raise TooLong("a message of too many bytes")
        lengths = struct.unpack(f"<{count}Q", self._exactly(8 * count)) if count else ()
        if sum(lengths) != total:
            raise WireError("buffer lengths do not add up")
        meta = self._exactly(meta_length)
        buffers: list[memoryview | None] = [self._buffer(length) for length in lengths]
        return Frame(Kind(kind), flags, request, meta, buffers)

    def close(self) -> None:
        self.sock.close()

    def _exactly(self, size: int) -> memoryview:
        """The next `size` bytes, in memory of their own. Small frames come with one socket call."""
        if size > READ_AHEAD:
            return self._filled(np.empty(size, np.uint8).data)  # not zeroed, for it is filled anyway
        while len(self._ahead) < size:
            data = self._wait(lambda: self.sock.recv(READ_AHEAD))
            if not data:
                raise Closed("the peer closed the channel")
            self._ahead += data
        part = self._ahead[:size]
        del self._ahead[:size]
        return memoryview(part)

    def _buffer(self, size: int) -> memoryview:
        return self._exactly(size) if self._room is None else self._filled(self._room(size))

    def _filled(self, view: memoryview) -> memoryview:
        done = min(len(self._ahead), len(view))
        view[:done] = self._ahead[:done]
        del self._ahead[:done]
        while done < len(view):
            count = self._wait(lambda done=done: self.sock.recv_into(view[done:]))  # type: ignore[misc]
            if not count:
                raise Closed("the peer closed the channel")
            done += count
        return view

    def _wait(self, step: Callable[[], Result]) -> Result:
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

"""What stands for a sandbox when its frames are made up: a pipe in memory and a process that is none."""

from __future__ import annotations

import struct
from collections.abc import Callable

from wire_frames import HEADER
from wire_messages import REQUEST

from autograder.sandbox.process import Ended


class Pipe:
    """Stands for the socket: what the grader sends is looked at and dropped, what it reads is made on demand."""

    def __init__(self, more: Callable[[int], bytes]) -> None:
        self.more = more  # the next bytes, given the number of the request that waits
        self._ahead = memoryview(b"")
        self.asked: list[str] = []  # operations the grader asked for
        self._number = 0

    def settimeout(self, _seconds: float) -> None:
        pass

    def sendmsg(self, parts: list[memoryview]) -> int:
        first = parts[0]
        _, kind, _, number, _, count, _ = HEADER.unpack(first[: HEADER.size])
        if kind == REQUEST:
            start = HEADER.size + 8 * count + 6  # after the tag and count of the list, and the tag of the name
            (length,) = struct.unpack("<I", first[start : start + 4])
            self.asked.append(str(first[start + 4 : start + 4 + length], "utf-8"))
            self._number = number
        return sum(map(len, parts))

    def recv(self, most: int) -> memoryview:
        if not self._ahead:
            self._ahead = memoryview(self.more(self._number))
        data, self._ahead = self._ahead[:most], self._ahead[most:]
        return data

    def recv_into(self, view: memoryview) -> int:
        data = self.recv(len(view))
        view[: len(data)] = data
        return len(data)


class Nobody:
    """Stands for the process of a sandbox."""

    def __init__(self, sock: Pipe) -> None:
        self.sock, self.pid = sock, -1

    def memory_hit(self) -> bool:
        return False

    def cpu_s(self) -> float:
        return 0.0

    def output(self, _limit: int) -> bytes:
        return b""

    def output_size(self) -> int:
        return 0

    def kill(self) -> None:
        pass

    def ended(self, _timeout_s: float = 2.0) -> Ended:
        return Ended(None, 0, 0.0, 0.0, False, False)

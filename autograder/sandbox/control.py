"""The grader's end of the socket to a zygote: one message at a time, and the ends of sandboxes in between."""

from __future__ import annotations

import json
import os
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from autograder.errors import WorkerLost

_MESSAGE = 1 << 16
Message = dict[str, Any]


class Control:
    """Several threads may use one zygote: whoever waits for an answer holds `lock`."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.lock = sock, threading.RLock()
        self.log = os.memfd_create("zygote")  # the last words of the zygote
        self._ends: dict[int, Message | None] = {}  # of the sandboxes that are held, None while they live
        self.gone: Callable[[int], object] = lambda _: None  # called when a sandbox has ended

    def close(self) -> None:
        """The zygote takes this as the grader's end."""
        if self.log >= 0:
            self.sock.close()
            os.close(self.log)
            self.log = -1

    @property
    def closed(self) -> bool:
        return self.log < 0

    def hold(self, number: int) -> None:
        """Remember how sandbox `number` ends until `forget`."""
        self._ends[number] = None

    def forget(self, number: int) -> None:
        self._ends.pop(number, None)

    def send(self, message: Message, fds: Sequence[int] = ()) -> None:
        """Raises WorkerLost if the zygote is gone."""
        if self.closed:
            raise WorkerLost("it was closed", where="zygote", now="start another one")
        try:
            socket.send_fds(self.sock, [json.dumps(message).encode()], fds)
        except OSError as error:
            raise self._lost(str(error)) from error

    def receive(self, deadline: float) -> tuple[Message, list[int]]:
        """The next message that isn't the end of a sandbox, and the file descriptors that came with it."""
        while True:
            message, fds = self._next(deadline)
            if "ended" not in message:
                return message, fds

    def end_of(self, number: int, timeout_s: float) -> Message:
        """How sandbox `number`, which has ended, did so."""
        with self.lock:
            deadline = time.monotonic() + timeout_s
            while (message := self._ends.get(number)) is None:
                self._next(deadline)
            return message

    def _next(self, deadline: float) -> tuple[Message, list[int]]:
        if self.closed:
            raise WorkerLost("it was closed", where="zygote", now="start another one")
        if not select.select([self.sock], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise self._lost("no answer in time")
        try:
            text, fds, _, _ = socket.recv_fds(self.sock, _MESSAGE, 1)
        except OSError as error:
            raise self._lost(str(error)) from error
        if not text:
            raise self._lost("it ended")
        message = json.loads(text)
        if "ended" in message:
            self.gone(message["ended"])
            if message["ended"] in self._ends:
                self._ends[message["ended"]] = message
        return message, fds

    def _lost(self, what: str) -> WorkerLost:
        size = os.fstat(self.log).st_size
        said = os.pread(self.log, 4000, max(0, size - 4000)).decode(errors="replace").strip()
        self.close()  # after one answer went missing, the next would be taken for it
        return WorkerLost(f"{what}{': ' + said if said else ''}", where="zygote", now="start another one and try again")

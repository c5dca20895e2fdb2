"""One grader process and the conversation with it: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from autograder.engine import leash
from autograder.errors import IsolationError, Shortage, WorkerLost

READY_S = 180.0  # loading torch from a cold disk on a busy machine
LINE_MAX = 256 << 20  # bytes; a result is some kilobytes
LOG_MAX = 1 << 20  # bytes of stderr kept between two jobs
TAIL = 2000  # characters of stderr shown in a message
BEAT_S = 0.25  # how soon a closing engine is noticed


class WorkerProcess:
    """Started by the thread that uses it. Any fault in the conversation kills the process and raises WorkerLost."""

    def __init__(self, command: list[str], stopping: Callable[[], bool]) -> None:
        self._stopping = stopping
        self._received = bytearray()
        self.jobs = 0
        self.speed = 0.0  # of the machine, as the process measured it
        try:
            self._log: IO[bytes] = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed in kill()
        except OSError as failure:
            raise WorkerLost(f"no file for what a grader process says: {failure}") from failure
        leashed = [sys.executable, "-ISE", str(Path(leash.__file__)), str(os.getpid()), *command]
        pipe = subprocess.PIPE
        try:
            # a session of its own: Ctrl-C in the terminal is for us alone, and one signal reaches the whole group
            self._process = subprocess.Popen(leashed, stdin=pipe, stdout=pipe, stderr=self._log, start_new_session=True)
        except OSError as failure:
            self._log.close()
            raise WorkerLost(f"a grader process can't be started: {failure}") from failure
        for stream in self._streams():
            os.set_blocking(stream.fileno(), False)

    def wait_ready(self) -> None:
        """Raises WorkerLost if the process does not come up, IsolationError if it finds that it can't isolate: Shortage
        if that may be different in a moment."""
        answer = self._exchange(b"", READY_S)
        if "refused" in answer:
            self.kill()
            raise (Shortage if answer.get("short") else IsolationError)(str(answer["refused"]))
        if "ready" not in answer:
            raise self._lost(f"said {str(answer)[:200]} instead of being ready")
        speed = answer["ready"].get("speed") if isinstance(answer["ready"], dict) else None
        self.speed = float(speed) if isinstance(speed, (int, float)) else 0.0

    def run(self, spec: dict[str, Any], ceiling_s: float) -> dict[str, Any]:
        """The plain result of one job."""
        self.jobs += 1
        answer = self._exchange(json.dumps(spec).encode("ascii") + b"\n", ceiling_s)
        if os.fstat(self._log.fileno()).st_size > LOG_MAX:
            os.ftruncate(self._log.fileno(), 0)
        result = answer.get("result")
        if isinstance(result, dict):
            return result
        if "failed" in answer:
            raise WorkerLost(str(answer["failed"]))
        raise self._lost(f"answered {str(answer)[:200]} instead of a result")

    def retire(self, grace_s: float = 5.0) -> None:
        """Let it end by itself at the end of its input, and see to it that it does."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            self._streams()[0].close()
            self._process.wait(grace_s)
        self.kill()

    def kill(self) -> None:
        """End the process and its group, and free everything it held. May be called twice."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for stream in self._streams():
            with contextlib.suppress(OSError):
                stream.close()
        self._log.close()

    def _exchange(self, line: bytes, limit_s: float) -> dict[str, Any]:
        """Send `line`, get the next line. Both ends may be slow, so neither is waited for alone."""
        try:
            return self._ask(line, limit_s)
        except OSError as failure:  # out of file descriptors or memory
            raise self._lost(f"can't be talked to: {failure}") from failure

    def _ask(self, line: bytes, limit_s: float) -> dict[str, Any]:
        if self._received:
            raise self._lost(f"spoke without being asked: {bytes(self._received[:200])!r}")
        end = time.monotonic() + limit_s
        waiting = memoryview(line)
        stdin, stdout = self._streams()
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            if waiting:
                selector.register(stdin, selectors.EVENT_WRITE)
            while True:
                for key, _ in selector.select(BEAT_S):
                    if key.fileobj is stdin:
                        waiting = waiting[self._write(waiting) :]
                        if not waiting:
                            selector.unregister(stdin)
                    elif self._read():
                        return self._parse()
                self._look_at_clock(end, limit_s)

    def _look_at_clock(self, end: float, limit_s: float) -> None:
        if self._stopping():
            raise self._lost("was stopped")
        if time.monotonic() > end:
            raise self._lost(f"gave no answer for {limit_s:g} seconds")

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._streams()[0].fileno(), data[: 1 << 16])
        except BlockingIOError:
            return 0
        except OSError:
            raise self._lost("ended") from None

    def _read(self) -> bool:
        """Take what is there; True when a whole line is."""
        try:
            data = os.read(self._streams()[1].fileno(), 1 << 20)
        except BlockingIOError:
            return False
        if not data:
            raise self._lost("ended")
        self._received += data
        if len(self._received) > LINE_MAX:
            raise self._lost(f"sent a line of more than {LINE_MAX >> 20} MiB")
        return b"\n" in data

    def _parse(self) -> dict[str, Any]:
        line, _, rest = bytes(self._received).partition(b"\n")
        self._received = bytearray(rest)
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise self._lost(f"sent what is not a message: {line[:200]!r}")
        return answer

    def _lost(self, what: str) -> WorkerLost:
        """Kill it, and say why, with its exit status and the end of what it wrote to stderr."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.1 if what == "ended" else 0)
        ended = self._process.returncode
        tail = self._tail()
        self.kill()
        how = "" if ended is None else f" (signal {-ended})" if ended < 0 else f" (exit status {ended})"
        return WorkerLost(f"a grader process {what}{how}" + (f"; the end of its stderr:\n{tail}" if tail else ""))

    def _tail(self) -> str:
        size = os.fstat(self._log.fileno()).st_size
        start = max(0, size - TAIL)
        return os.pread(self._log.fileno(), TAIL, start).decode("utf-8", "replace").strip()

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # both were asked for
        assert stdout is not None
        return stdin, stdout

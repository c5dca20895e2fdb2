"""The guest in an ordinary child process of the same user: for students who check their own work, and for --unsafe.

The same guest, the same wire, the same values as behind the wall, on Linux, macOS and Windows; only the isolation is
missing. Limits are watched by the grader's end, and set as rlimits where the system has them.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.errors import AutograderError
from autograder.model.course import Limits
from autograder.model.result import LimitNote
from autograder.sandbox import limits as rules
from autograder.sandbox.process import Ended
from autograder.scratch import Scratch

_CHILD = """
import json, os, socket, sys
spec = json.loads(sys.argv[1])
if sys.platform == "linux":
    import ctypes
    ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG: an endless loop must not outlive the grader
    if os.getppid() != spec["grader"]:
        sys.exit("the grader is gone")
sock = socket.create_connection(("127.0.0.1", spec["port"]))
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
sock.sendall(os.environ.pop("AUTOGRADER_TOKEN").encode())
if sys.platform != "linux":
    import select, threading, time
    def watch():  # the same, where the kernel has no such call: the grader's end of the socket is closed
        while not select.select([sock], [], [])[0] or sock.recv(1, socket.MSG_PEEK):
            time.sleep(0.5)
        os._exit(0)
    threading.Thread(target=watch, daemon=True).start()
try:
    import resource
    for name, value in spec["rlimits"].items():
        hard = resource.getrlimit(getattr(resource, name))[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(getattr(resource, name), (value, hard))
except ImportError:
    pass
from autograder.sandbox import guest
guest.main(sock, spec)
"""
_HELD = dict.fromkeys(("wall", "output", "message", "calls"), "watched")  # without a wall
if sys.platform == "linux":
    _HELD["cpu"] = "watched"
if os.name == "posix":
    _HELD["disk"] = "kernel: RLIMIT_FSIZE for each file; their sum is not enforced"
_START_S = 60.0  # importing torch on a slow laptop


class PlainProcess:
    """A `SandboxProcess` without a sandbox."""

    def __init__(self, limits: Limits, device: str = "cpu") -> None:
        self._scratch = Scratch(Path(tempfile.gettempdir()), "autograder-sandbox-")
        self.folder = self._scratch.path
        self._output = (self.folder / "output").open("w+b")
        box = self.folder / "box"
        box.mkdir()
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            self._child = self._start(box, limits, device, server.getsockname()[1], token)
            self.pid = self._child.pid
            self.sock = self._accept(server, token)
        self.notes = tuple(
            LimitNote(note.name, note.value, _HELD.get(note.name, "not enforced"))
            for note in rules.notes(limits, device, "")
        )

    def _start(self, box: Path, limits: Limits, device: str, port: int, token: str) -> subprocess.Popen[bytes]:
        import json

        rlimits = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": limits.disk_mb << 20}
        spec = {"box": str(box), "device": device, "port": port, "rlimits": rlimits, "grader": os.getpid()}
        environment = {
            **os.environ,
            "AUTOGRADER_TOKEN": token,
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONIOENCODING": "utf-8",
        }
        return subprocess.Popen(
            [sys.executable, "-c", _CHILD, json.dumps(spec)],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            env=environment,
            cwd=box,
            start_new_session=True,
        )

    def _accept(self, server: socket.socket, token: str) -> socket.socket:
        server.settimeout(0.2)
        until = time.monotonic() + _START_S
        while time.monotonic() < until and self._child.poll() is None:
            try:
                sock, _ = server.accept()
            except TimeoutError:
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(5)
            if secrets.compare_digest(sock.recv(len(token), socket.MSG_WAITALL), token.encode()):
                return sock
            sock.close()
        text = self.output(2000).decode("utf-8", "replace")
        self.close()
        raise AutograderError("Python could not be started for the check", now=f"its last words: {text or 'none'}")

    def cpu_s(self) -> float:
        """CPU seconds of the child; 0 where the system can't say (macOS, Windows): there only the clock counts."""
        try:
            return time.clock_gettime((~self.pid << 3) | 2)
        except (AttributeError, OSError, OverflowError):
            return 0.0

    def output_size(self) -> int:
        return os.fstat(self._output.fileno()).st_size

    def output(self, limit: int) -> bytes:
        with (self.folder / "output").open("rb") as file:
            file.seek(max(self.output_size() - limit, 0))
            return file.read(limit)

    def kill(self) -> None:
        if self._child.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(self.pid, signal.SIGKILL)
            else:
                self._child.kill()

    def memory_hit(self) -> bool:
        return False  # nobody counts

    def ended(self, timeout_s: float = 2.0) -> Ended:
        cpu = self.cpu_s()
        try:
            code = self._child.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self._child.wait()
        return Ended(-code if code < 0 else None, code if code >= 0 else None, cpu, 0.0, False, False)

    def close(self) -> None:
        self.kill()
        self._child.wait()
        if hasattr(self, "sock"):
            self.sock.close()
        self._output.close()
        self._scratch.close()

"""The grader's end of one sandbox: asks the guest, watches its limits, and ends it when it breaks one or lies badly.

Everything received is hostile until decoded, and plain data afterwards. Whatever goes wrong ends in one of two ways:
`StudentError` (the student's code raised) or `SandboxEnded` (limit, crash, protocol), never in an exception of ours.
"""

from __future__ import annotations

import builtins
import contextlib
import itertools
import time
from collections.abc import Callable
from typing import Any

import torch

from autograder.checks.feedback import CheckFailure
from autograder.checks.views import View
from autograder.errors import SandboxEnded, StudentError
from autograder.model.course import Limits
from autograder.model.result import Outcome
from autograder.model.text import Text
from autograder.sandbox import remote
from autograder.sandbox.bridge import Peer
from autograder.sandbox.channel import Channel, Frame
from autograder.sandbox.clock import QueueClock, waits_of
from autograder.sandbox.decode import Decoder
from autograder.sandbox.encode import Encoder
from autograder.sandbox.endings import explain, used_memory
from autograder.sandbox.intake import Intake
from autograder.sandbox.process import SandboxProcess
from autograder.sandbox.tape import Tape
from autograder.sandbox.wire import Closed, Kind, TensorFlag, TooLarge, TooLong, WireError

LOOK_S = 0.25  # the longest wait between two looks at the limits
DECODE_S = 10.0  # of CPU time, the longest for one message; it is the grader's, not the sandbox's
_LAST_WORDS = 4000  # bytes of what a sandbox printed that may say why it ended
GRACE_S = 0.5  # for a sandbox that closed its channel to end by itself
MAX_CALLBACKS = 100_000  # in one check
MAX_TAPES = 10_000  # results with gradient of callbacks that student objects hold on to
MAX_TAPED = 64 << 20  # bytes of them and of what they were computed from
_KINDS = ("object", "class", "function", "module")
_TOO_LARGE = Text(
    "a value that your code returned is too large or too deeply nested to be an argument of the next call.",
    "你的代码返回的值过大或嵌套过深，无法作为下一次调用的参数。",
)


_ENDS = (StopIteration, StopAsyncIteration)


def _student_errors() -> dict[str, type[StudentError]]:
    """For each builtin exception a StudentError that is also one, so that checks can expect a ValueError. Those that
    can't be made from one text (UnicodeDecodeError, ExceptionGroup) are left out, and so is StopIteration: raised in
    the middle of a check it would end the check's own loop, as if the student's results ended there."""
    made = {}
    for name, kind in vars(builtins).items():
        if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, (Warning, *_ENDS)):
            with contextlib.suppress(TypeError, ValueError):
                error = type(name, (StudentError, kind), {})
                error("kind", "message")
                made[name] = error
    return made


_BUILTINS = _student_errors()


class Host(Peer):
    """Owns a `SandboxProcess`. `begin` opens a budget of CPU and wall time; every call counts against it."""

    def __init__(self, process: SandboxProcess, limits: Limits) -> None:
        self.intake = Intake(lambda what: self.end(Outcome.MEMORY, what))
        super().__init__(Channel(process.sock, self._watch, self.intake.room, limits.message_mb << 20))
        self.process, self.limits = process, limits
        self.gone: SandboxEnded | None = None
        self.violations: list[str] = []
        self.asked = 0  # requests since `begin`
        self.last_call: tuple[str, tuple[Any, ...], dict[str, Any]] | None = None  # of the student's code
        self.lines = 1 << 20  # of the student's file: where an exception can have been raised
        self._numbers = itertools.count(1)  # of callbacks, never used twice
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._callback_failure: BaseException | None = None
        self._clock = QueueClock(lambda: waits_of(process.pid))
        self.begin(limits.cpu_s, limits.wall_s)

    # Limits -----------------------------------------------------------------------------------------------------

    def begin(self, cpu_s: float, wall_s: float) -> None:
        """Start a new budget: seconds of the sandbox's CPU, seconds on the clock without those in the queue for a
        processor. Callbacks of the check before, and what is left of them, are of no use any more."""
        self.intake.begin()
        self._callbacks.clear()
        self.tapes.clear()
        self._callback_failure, self.asked, self._taped = None, 0, 0
        self._calls = 0
        self._cpu_limit, self._wall_limit = cpu_s, wall_s
        self._cpu_until = self.process.cpu_s() + cpu_s
        self._clock.begin(wall_s)

    def _watch(self) -> float:
        cpu_left = self._cpu_until - self.process.cpu_s()
        wall_left = self._clock.left()
        if cpu_left <= 0:
            raise self.end(Outcome.CPU, f"used more than {self._cpu_limit:g} s of CPU time")
        if wall_left <= 0:
            raise self.end(Outcome.TIMEOUT, f"did not answer within {self._wall_limit:g} s")
        self.check_output()
        return max(min(cpu_left, wall_left, LOOK_S), 0.002)

    def check_output(self) -> None:
        if self.process.output_size() > self.limits.output_kb << 10:
            raise self.end(Outcome.OUTPUT, f"wrote more than {self.limits.output_kb} KiB to stdout and stderr")

    def _check_counted(self) -> None:
        """What the kernel counts: output, and workers killed for memory, of which the sandbox may be silent."""
        self.check_output()
        if self.process.memory_hit():
            raise self.end(Outcome.MEMORY, used_memory(self.limits))

    def serve(self, frame: Frame) -> None:
        """Answer what the guest asks in the middle of a call, so many times and no more."""
        self._calls += 1
        if self._calls > self.limits.calls:
            raise self.end(Outcome.CALLS, f"called the check's functions more than {self.limits.calls} times")
        super().serve(frame)

    def end(self, outcome: str, what: str, *, outside: bool = False) -> SandboxEnded:
        """Kill the sandbox, once; the first reason stays."""
        if self.gone is None:
            self.gone = SandboxEnded(str(outcome), what, outside=outside)
            self.process.kill()
        return self.gone

    def violation(self, what: str) -> Exception:
        self.violations.append(what)
        return self.end(Outcome.CRASH, f"broke the protocol: {what}")

    def close(self) -> None:
        self.end(Outcome.CRASH, "closed")
        self.tapes.clear()  # at once: the collector may take its time with us
        self.process.close()

    # Calls ------------------------------------------------------------------------------------------------------

    def hello(self) -> None:
        """Wait for the guest's first word."""
        self._guarded(self._hello)

    def _hello(self) -> None:
        if self.channel.receive().kind is not Kind.HELLO:
            raise WireError("no hello")

    def request(self, operation: str, *args: Any) -> Any:
        self.asked += 1
        return self._guarded(super().request, operation, *args)

    def differentiate(self, tape: int, grads: list[Any], leaves: list[torch.Tensor]) -> list[Any]:
        return self._guarded(super().differentiate, tape, grads, leaves)

    def _guarded(self, step: Callable[..., Any], *args: Any) -> Any:
        if self.gone is not None:
            raise self.gone
        try:
            reply = step(*args)
            self._check_counted()
        except TooLong:
            raise self.end(Outcome.MESSAGE, f"sent more than {self.limits.message_mb} MiB in one answer") from None
        except WireError as fault:
            self._watch()  # time that ran out while a message was read is no broken protocol
            raise self.violation(str(fault)) from None
        except Closed:
            raise self._died() from None
        except StudentError as error:
            self._check_counted()  # "file too large" is how a flood of prints ends in the student's code
            raise (self._failure() or error) from None
        except TooLarge:
            raise CheckFailure(_TOO_LARGE, reason="value") from None
        except RecursionError:
            raise self.violation("calls nested too deeply") from None
        except MemoryError:
            raise self.end(Outcome.MEMORY, "sent more than the grader has memory for") from None
        failure = self._failure()
        if failure is not None:
            raise failure
        return reply

    def _failure(self) -> BaseException | None:
        """What the check found wrong in its own callback, whatever the student's code made of the exception."""
        failure, self._callback_failure = self._callback_failure, None
        return failure

    def _died(self) -> SandboxEnded:
        if self.gone is not None:
            return self.gone
        ended = self.process.ended(GRACE_S)
        outcome, what = explain(ended, self.limits, self.process.output(_LAST_WORDS))
        return self.end(outcome, what, outside=outcome is Outcome.INTERNAL)

    # Objects ----------------------------------------------------------------------------------------------------

    def operation(self, name: str) -> Callable[..., Any]:
        if name != "callback":
            raise WireError(f"the guest may not ask for {name[:40]!r}")
        return self._run_callback

    def _run_callback(self, number: Any, args: Any, kwargs: Any) -> Any:
        if type(args) is not tuple or type(kwargs) is not dict or not all(type(key) is str for key in kwargs):
            raise WireError("callback arguments")
        function = self._callbacks.get(number)
        if function is None:
            raise LookupError("no such callback, or it belongs to an earlier check")
        try:
            return function(*args, **kwargs)
        except AssertionError as failure:  # the check found something inside its own callback
            self._callback_failure = failure
            raise

    def report_of(self, fault: BaseException) -> Any:
        if isinstance(fault, (SandboxEnded, WireError, Closed)) or not isinstance(fault, Exception):
            raise fault
        return type(fault).__name__

    def error_of(self, report: Any) -> BaseException:
        if type(report) is not list or [type(part) for part in report] != [str, str, str, list, int]:
            raise WireError("error report")
        kind, message, trace, names, line = report
        known = next((_BUILTINS[name] for name in names if type(name) is str and name in _BUILTINS), StudentError)
        line = line if 0 < line <= self.lines else 0
        return known(printable(kind[:100]), printable(message[:4000]), printable(trace[:8000]), line)

    def decoder(self, frame: Frame) -> Decoder:
        # CPU time, for a neighbour must not make a long message a broken one; a look beyond the end of the time on the
        # clock, so that what is too slow for that is called by its name
        deadline = time.thread_time() + min(self._clock.left() + LOOK_S, DECODE_S)
        message = Decoder(frame.meta, frame.buffers, self.read_object, deadline=deadline)
        message.decoded = self.intake.decoded
        return message

    def read_object(self, message: Decoder, tag: bytes, depth: int) -> Any:
        if tag != b"H":
            raise WireError(f"unknown tag {tag!r}")
        (number,) = message.unpack("<I")
        kind, classes = message.value(depth), message.value(depth)
        if type(kind) is not str or kind not in _KINDS or type(classes) is not list or len(classes) > 32:
            raise WireError("handle")
        if not all(type(name) is str and len(name) <= 200 for name in classes):
            raise WireError("handle")
        return remote.Remote(self, number, kind, tuple(classes))

    def write_object(self, message: Encoder, value: Any, depth: int) -> bool:
        if isinstance(value, torch.Tensor):
            self._write_tensor(message, value)
        elif type(value) is remote.Remote:
            if value._host is not self:
                raise TooLarge("an object of another sandbox")
            message.meta += b"R" + value._number.to_bytes(4, "little")
        elif isinstance(value, remote.Function):  # a function or class of the student's, by name
            message.text(b"P", value.__name__)
        elif isinstance(value, View):
            message.meta += b"W"
            message.value(value.base, depth)
            message.value(value.index, depth)
        elif isinstance(value, torch.Generator):
            message.meta += b"G"
            message.value(value.get_state(), depth)
        elif callable(value):
            message.meta += b"C" + self._register(value).to_bytes(4, "little")
            message.text(b"", getattr(value, "__name__", "function"))
        else:
            return False
        return True

    def _new_tape(self, tape: Tape) -> int:
        self._taped += tape.size
        if self._taped > MAX_TAPED:  # since the last look; some of it may have been given back
            self._taped = tape.size + sum(kept.size for kept in self.tapes.values())
        if len(self.tapes) >= MAX_TAPES or self._taped > MAX_TAPED:
            raise TooLarge("too many results with gradient are kept")
        return super()._new_tape(tape)

    def _write_tensor(self, message: Encoder, tensor: torch.Tensor) -> None:
        flags = 0
        if tensor.requires_grad and torch.is_grad_enabled():
            message.grads.append(tensor)
            flags = TensorFlag.GRAD | (0 if tensor.is_leaf else TensorFlag.NON_LEAF)
        message.tensor(tensor, flags, layout=True)

    def _register(self, function: Callable[..., Any]) -> int:
        if len(self._callbacks) >= MAX_CALLBACKS:
            raise TooLarge("too many callbacks in one check")
        number = next(self._numbers)
        self._callbacks[number] = function
        return number


def printable(text: str) -> str:
    """Without control characters and without characters that reorder what is displayed."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in text)

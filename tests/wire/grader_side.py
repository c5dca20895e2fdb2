"""The grader's end of the wire, whole and real, fed with a hostile guest's frames: no process, no socket, no waiting.

`Feeder.feed(data)` makes frames of `data` and lets a `Host` read them in the ways checks do. Whatever arrives may only
end in plain values or in one of `ENDS`; everything else that must hold of each frame is asserted here.
"""

from __future__ import annotations

import contextlib
import itertools
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from wire_alike import alike
from wire_frames import Frames
from wire_messages import Source
from wire_pipe import Nobody, Pipe

from autograder.checks.feedback import CheckFailure
from autograder.errors import SandboxEnded, StudentError
from autograder.model.course import Limits
from autograder.sandbox import intake, wire
from autograder.sandbox.channel import Frame
from autograder.sandbox.decode import Decoder
from autograder.sandbox.encode import Encoder
from autograder.sandbox.host import DECODE_S, Host
from autograder.sandbox.remote import Remote, Submission
from autograder.sandbox.wire import TensorFlag, TooLarge, WireError

ENDS = (SandboxEnded, StudentError, CheckFailure)
SLOW_S = DECODE_S + 2  # for one step; the deadline is looked at between nodes
F64 = torch.float64
PLAIN = {
    *(type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, slice, type(Ellipsis)),
    *(torch.Tensor, torch.nn.Parameter, torch.Size, torch.dtype, torch.device, np.ndarray, Remote),
    *(dtype.type for dtype in wire.NUMPY_DTYPES),
}


class Watched(Host):
    """A host as the grader has it, whose frames are counted and whose every decoded value is examined. Its intake
    follows even the smallest buffers."""

    def __init__(self, feeder: Feeder, pipe: Pipe) -> None:
        super().__init__(Nobody(pipe), Limits())  # type: ignore[arg-type]
        self.channel._room = self._room
        self.feeder = feeder
        receive = self.channel.receive

        def counted() -> Frame:
            try:
                got = receive()
            except WireError:
                feeder.frames += 1
                raise
            feeder.frames += 1
            return got

        self.channel.receive = counted  # type: ignore[method-assign]

    def _room(self, length: int) -> memoryview:
        usual, intake._LARGE = intake._LARGE, 1
        try:
            return self.intake.room(length)
        finally:
            intake._LARGE = usual

    def violation(self, what: str) -> Exception:
        if what.startswith("undecodable"):
            self.feeder.undecodable[what] += 1
        return super().violation(what)

    def revive(self) -> None:
        """As good as a new host with a new sandbox, which takes longer to make."""
        self.gone = None
        self.begin(3600.0, 3600.0)
        self._requests = self._tape_number = 0
        self._numbers = itertools.count(1)
        self.gone_handles.clear()
        self.channel._ahead.clear()
        self.process.sock._ahead = memoryview(b"")  # type: ignore[attr-defined]

    def decoder(self, frame: Frame) -> Decoder:
        message = super().decoder(frame)
        message.__class__ = Examined
        return message


class Examined(Decoder):
    __slots__ = ()

    def whole(self) -> Any:
        value = super().whole()
        host = self.hook.__self__  # type: ignore[union-attr]
        host.feeder.examine(host, value)
        return value


class Feeder:
    """Counts what it fed: `frames` read or refused as broken, `accepted` of those that were decoded to a value."""

    def __init__(self) -> None:
        self.frames = self.accepted = 0
        self.slowest_s = 0.0
        self.undecodable: Counter[str] = Counter()  # exceptions of Python's own that the decoder met
        self._wanted: tuple[str, ...] = ()
        self._x = torch.ones(3, dtype=F64, requires_grad=True)
        torch.set_num_threads(1)
        torch.autograd.backward([self._x * 1], [torch.ones(3, dtype=F64)])  # torch imports what that needs once
        self._made = Frames(Source(b""))
        self._host = Watched(self, Pipe(lambda _: b""))

    def feed(self, data: bytes) -> None:
        """One input: the first byte says whether the rest is a stream of bytes or decisions for the grammar."""
        source, modules = Source(data), len(sys.modules)
        if source.byte() & 1:
            chunks = iter([data[5:]])
            host = self._fresh(lambda _: next(chunks, b""))
            for choice in itertools.islice(itertools.cycle(source.take(4)), 64):
                self._step(host, choice)
                if host.gone is not None:
                    break
        else:
            self._made = Frames(source)
            host = self._fresh(lambda number: self._made.next(number, self._next_wanted()))
            while source:
                self._step(host, source.byte())
                if host.gone is not None:
                    host.revive()
        assert len(sys.modules) == modules, f"imported: {list(sys.modules)[modules:]}"

    def _fresh(self, more: Callable[[int], bytes]) -> Watched:
        self._host.process.sock.more = more  # type: ignore[attr-defined]
        self._host.revive()
        return self._host

    def _next_wanted(self) -> str:
        """What the grammar's next reply should hold; the last kind goes on for ever."""
        first, *rest = self._wanted
        self._wanted = tuple(rest) or self._wanted
        return first

    def _step(self, host: Watched, choice: int) -> None:
        """One thing a check does. Only a value or an end may come of it, soon, and no question a check did not ask."""
        allowed, self._wanted, action = STEPS[choice % len(STEPS)]
        asked = host.process.sock.asked  # type: ignore[attr-defined]
        asked.clear()
        begun = time.monotonic()
        with contextlib.suppress(*ENDS):
            action(self, host, choice // len(STEPS))
        taken = time.monotonic() - begun
        self.slowest_s = max(self.slowest_s, taken)
        self._x.grad = None
        assert taken < SLOW_S, f"{taken:.1f} s for one step"
        assert allowed.issuperset(asked), f"the grader asked for {asked}"

    # Steps --------------------------------------------------------------------------------------------------------

    def read(self, host: Watched, choice: int) -> None:
        """A frame and some damaged copies of it."""
        for number in range(choice % 10, -1, -1):
            with contextlib.suppress(*ENDS):
                host._guarded(lambda: host.decoder(host.channel.receive()).whole())
            if number:
                host.revive()
                self._made.siblings = 1

    def call(self, host: Watched, _choice: int) -> None:
        host.request("call", None, "f", (1,), {})

    def differentiate(self, host: Watched, choice: int) -> None:
        value = host.request("call", None, "f", (self._x,), {})
        results = value if type(value) in (list, tuple) else [value]
        results = [each for each in results if issubclass(type(each), torch.Tensor) and each.grad_fn is not None][:2]
        if choice & 1:
            torch.autograd.backward(results, [torch.ones_like(each) for each in results])
            return
        for result in results:
            ones = torch.ones_like(result, requires_grad=True)
            (grad,) = torch.autograd.grad([result], [self._x], [ones], create_graph=True, allow_unused=True)
            if grad is not None and grad.grad_fn is not None:
                torch.autograd.grad([grad], [self._x], [torch.ones_like(grad)], allow_unused=True)

    def lend(self, host: Watched, _choice: int) -> None:
        host.request("call", None, "f", (_doubled, self._x), {})

    def observe(self, host: Watched, _choice: int) -> None:
        seen = Submission(host, {"f": "function"}, "", "cpu").observe("f", torch.ones(2))
        assert str(seen.op_count + seen.largest + seen.saved)
        assert seen.leaves[0] in (None, True, False)

    def ask_object(self, host: Watched, choice: int) -> None:
        QUESTIONS[choice % len(QUESTIONS)](Remote(host, 9, "module", ("torch.nn.modules.module.Module",)))

    def params(self, host: Watched, _choice: int) -> None:
        for name, value in Remote(host, 9, "module", ()).params().items():
            assert type(name) is str
            assert type(value) in (torch.Tensor, torch.nn.Parameter)

    def items(self, host: Watched, _choice: int) -> None:
        for _ in itertools.islice(Remote(host, 9, "object", ()), 40):
            pass

    def names(self, host: Watched, _choice: int) -> None:
        names = host.request("load", {}, "work")
        if type(names) is dict and all(type(part) is str for pair in names.items() for part in pair):
            submission = Submission(host, names, "", "cpu")
            for name in names:
                assert submission.has(name)
                assert submission[name] is not submission

    def hello(self, host: Watched, _choice: int) -> None:
        host.hello()

    # What has to hold of every decoded value ----------------------------------------------------------------------

    def examine(self, host: Watched, value: Any) -> None:
        self.accepted += 1
        size, held = memory(value), host.intake._held
        assert size <= held, f"{size} bytes of tensors arrived, {held} are counted"
        message = Encoder(_rewrite)
        try:
            message.value(value)
        except TooLarge:
            return
        buffers = [memoryview(bytearray(buffer)) for buffer in message.buffers]
        again = Decoder(memoryview(message.meta), buffers, host.read_object).whole()
        assert alike(value, again), "another value after a second trip"


def memory(value: Any) -> int:
    """Bytes of tensors and arrays in a value, every type of which is one that may arrive."""
    kind = type(value)
    assert kind in PLAIN, f"a {kind} arrived"
    if kind in (list, tuple, set, frozenset):
        return sum(map(memory, value))
    if kind is dict:
        return sum(map(memory, value)) + sum(map(memory, value.values()))
    if kind is slice:
        return memory(value.start) + memory(value.stop) + memory(value.step)
    if kind is torch.nn.Parameter:
        return value.numel() * value.element_size() + memory(value.grad)
    if kind is torch.Tensor:
        return value.numel() * value.element_size()
    return value.nbytes if kind is np.ndarray else 0


def _rewrite(message: Encoder, value: Any, depth: int) -> bool:
    """Write back what only a guest writes."""
    if type(value) is Remote:
        message.meta += b"H" + value._number.to_bytes(4, "little")
        message.value(value._kind, depth)
        message.value(list(value._classes), depth)
    elif type(value) is torch.nn.Parameter:
        message.tensor(value, TensorFlag.PARAMETER | (TensorFlag.REQUIRES_GRAD if value.requires_grad else 0))
        message.value(value.grad, depth)
    else:
        return False
    return True


def _doubled(*args: Any) -> Any:
    """The callback of a check: twice a tensor, anything else as it came."""
    return args[0] * 2 if issubclass(type(args[0]), torch.Tensor) else args


def _ask_all(thing: Any) -> None:
    thing.attribute = thing["key"]
    thing(thing.attribute)


QUESTIONS: tuple[Callable[[Any], Any], ...] = (len, bool, float, abs, repr, lambda thing: thing < 3, _ask_all)
_CALL, _GRADS = frozenset({"call"}), frozenset({"call", "backward", "backward_graph"})
_ASK = frozenset({"len", "bool", "build", "get", "set", "item", "call"})
Step = tuple[frozenset[str], tuple[str, ...], Callable[[Feeder, Watched, int], None]]
READ: Step = (frozenset(), ("value",), Feeder.read)
STEPS: tuple[Step, ...] = (
    *[READ] * 14,
    *[(_CALL, ("value",), Feeder.call)] * 2,
    *[(_GRADS, ("result", "gradients", "gradients"), Feeder.differentiate)] * 2,
    (_GRADS, ("lent", "back", "back", "request", "value"), Feeder.lend),
    (frozenset({"observe"}), ("observation",), Feeder.observe),
    (_ASK, ("value",), Feeder.ask_object),
    (frozenset({"params"}), ("params",), Feeder.params),
    (frozenset({"iterate", "following"}), ("value", "items"), Feeder.items),
    (frozenset({"load", "get"}), ("names", "value"), Feeder.names),
    (frozenset(), ("bare",), Feeder.hello),
)

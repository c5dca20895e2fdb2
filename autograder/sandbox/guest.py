"""The untrusted side: serves the grader's calls in the same process as the student's code. Nothing it says is evidence.

It is entered once per sandbox, after every layer of the jail is up. It knows no check and no expected value; all it
ever receives is the student's files and the arguments of calls.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.sandbox.bridge import Peer
from autograder.sandbox.channel import Channel, Frame
from autograder.sandbox.decode import Decoder
from autograder.sandbox.encode import Encoder
from autograder.sandbox.guest_ops import OPERATIONS, Boxed, GraderFunction, View
from autograder.sandbox.wire import NUMPY_CODE, Closed, Kind, TensorFlag, Unsendable, WireError, is_sendable_tensor

_HERE = os.path.dirname(os.path.abspath(__file__))


class Guest(Peer):
    """Holds the student's module and the objects the grader has handles of."""

    def __init__(self, channel: Channel, box: str, device: str = "cpu") -> None:
        super().__init__(channel)
        self.box, self.device = box, device
        self.module: Any = None
        self.objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}  # id(object) -> handle
        self._sent: dict[int, int] = {}  # handle -> how often it was sent
        self._next = 0

    def operation(self, name: str) -> Callable[..., Any]:
        operation = OPERATIONS[name]
        return lambda *args: operation(self, *args)

    def decoder(self, frame: Frame) -> Decoder:
        return Decoder(frame.meta, frame.buffers, self.read_object, layout=True, device=self.device)

    # Objects ----------------------------------------------------------------------------------------------------

    def write_object(self, message: Encoder, value: Any, depth: int) -> bool:
        if isinstance(value, torch.Tensor):
            with torch._C.DisableTorchFunctionSubclass():  # a subclass crosses as the plain tensor it holds
                if is_sendable_tensor(value):
                    _write_tensor(message, value, depth)
                    return True
        if isinstance(value, Boxed):
            value = value.value
        elif isinstance(value, np.generic) and not isinstance(value, _PYTHON) and value.dtype in NUMPY_CODE:
            return False  # the encoder writes these
        else:
            for base, plain in _PLAIN:  # subclasses of plain types cross as their plain base
                if isinstance(value, base):
                    message.value(plain(value), depth)
                    return True
        kind, mro = describe(value)
        message.meta += b"H" + self.handle(value).to_bytes(4, "little")
        message.value(kind, depth)
        message.value(mro, depth)
        return True

    def read_object(self, message: Decoder, tag: bytes, depth: int) -> Any:
        if tag == b"R":
            return self.objects[message.unpack("<I")[0]]
        if tag == b"P":
            return getattr(self.module, message.text())
        if tag == b"C":
            return GraderFunction(self, message.unpack("<I")[0], message.text())
        if tag == b"G":
            state = message.value(depth)
            generator = torch.Generator(device="cpu")
            generator.set_state(state.cpu())
            return generator
        if tag == b"W":
            return View(message.value(depth), message.value(depth))
        raise WireError(f"unknown tag {tag!r}")

    def handle(self, value: Any) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            self._next += 1
            number = self._numbers[id(value)] = self._next
            self.objects[number] = value
        self._sent[number] = self._sent.get(number, 0) + 1
        return number

    def forget(self, handles: list[int]) -> None:
        for number in handles:
            self._sent[number] = self._sent.get(number, 1) - 1
            if self._sent[number] <= 0 and number in self.objects:
                del self._sent[number]
                self._numbers.pop(id(self.objects.pop(number)), None)

    # Errors -----------------------------------------------------------------------------------------------------

    def report_of(self, fault: BaseException) -> list[Any]:
        """[kind, message, traceback from the student's first frame on, class names, line of the student's file]"""
        trace, line = fault.__traceback__, 0
        while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_HERE):
            trace = trace.tb_next
        try:
            for frame, number in traceback.walk_tb(trace):
                if frame.f_code.co_filename.startswith(self.box):
                    line = number
            text = "".join(traceback.format_exception(type(fault), fault, trace, limit=20))[-8000:]
            text = text.replace(self.box + "/", "")
        except BaseException:
            text = ""
        try:
            message = str(fault)[:4000]
        except BaseException:
            message = "(the exception has no readable message)"
        return [type(fault).__name__, message, text, [kind.__name__ for kind in type(fault).__mro__][:16], line]

    def error_of(self, report: Any) -> BaseException:
        return RuntimeError(f"the function you were given raised {report}")

    # Life -------------------------------------------------------------------------------------------------------

    def live(self) -> None:
        """Say hello, then serve until the grader closes the channel."""
        self.channel.send(Kind.HELLO, 0, Encoder())
        while True:
            frame = self.channel.receive()
            if frame.kind is not Kind.REQUEST:
                raise WireError("only requests are expected here")
            self.serve(frame)


def _write_tensor(message: Encoder, tensor: torch.Tensor, depth: int) -> None:
    if isinstance(tensor, torch.nn.Parameter):
        message.tensor(tensor, TensorFlag.PARAMETER | (TensorFlag.REQUIRES_GRAD if tensor.requires_grad else 0))
        message.value(_gradient(tensor), depth)
        return
    carries = tensor.requires_grad and torch.is_grad_enabled()
    if carries:
        message.grads.append(tensor)
    message.tensor(tensor, TensorFlag.GRAD if carries else 0)


def _gradient(parameter: torch.nn.Parameter) -> torch.Tensor | None:
    grad = parameter.grad
    if grad is not None and grad.layout != torch.strided:
        grad = grad.to_dense()
    if grad is not None and (grad.shape != parameter.shape or grad.dtype != parameter.dtype):
        raise Unsendable("a parameter with a gradient of another shape or dtype can't cross the wall")
    return grad


def describe(value: Any) -> tuple[str, list[str]]:
    """What kind of object it is and the names of its classes, most derived first."""
    is_class = isinstance(value, type)
    kind = "object"
    if is_class:
        kind = "class"
    elif isinstance(value, torch.nn.Module):
        kind = "module"
    elif callable(value):
        kind = "function"
    classes = value.__mro__ if is_class else type(value).__mro__
    return kind, [f"{each.__module__}.{each.__qualname__}"[:200] for each in classes][:32]


_PLAIN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (str, lambda value: "".join(str.__iter__(value))),
    (bytes, lambda value: bytes(memoryview(value))),
    (tuple, lambda value: tuple(tuple.__iter__(value))),
    (list, lambda value: list(list.__iter__(value))),
    (dict, lambda value: dict(dict.items(value))),
    (complex, complex.__complex__),
    (set, lambda value: set(set.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))),
)
_PYTHON = (float, complex, str, bytes)  # NumPy scalars that are also one of these cross as that


def main(sock: socket.socket, spec: dict[str, Any]) -> None:
    """Serve one submission over `sock`, then end the process. `spec`: {"box": folder for its files, "device": ...}."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    torch.set_num_threads(1)
    with contextlib.suppress(Closed, WireError):
        Guest(Channel(sock), spec["box"], spec.get("device", "cpu")).live()
    os._exit(0)

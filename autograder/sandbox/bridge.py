"""Calls and gradients across the wall, the same on both sides.

Theory of operation
-------------------
Each side is a `Peer`. A request carries an operation and its arguments; the other side runs it and replies. While a
peer waits for its reply it serves the requests that come in, so a callback is simply a request in the other direction,
to any depth. The grader's peer allows three operations: its own callbacks, and the two ways backward through them.

Gradients: tensors that require gradient are flagged when they are sent. The side that runs the call makes them leaves,
runs the operation with autograd on, and keeps a *tape* (these leaves, the results that carry gradient). The side that
asked wraps those results in a `Bridge` whose backward asks the other side to run the tape backward:

* `backward`: plain. If this backward pass accumulates into leaves (`loss.backward()`), so does the far side, into its
  own parameters; `torch.autograd.grad` leaves them alone. An anchor leaf tells which of the two is going on.
* `backward_graph`: `create_graph=True`. The backward is itself a call through the bridge, so second derivatives work.

Tapes and handles that are garbage on one side are freed by number with the next request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from autograder.sandbox import wire
from autograder.sandbox.channel import Channel, Frame
from autograder.sandbox.decode import Decoder
from autograder.sandbox.encode import Encoder
from autograder.sandbox.tape import Bridge, Computed, Tape, TapeRef, fits
from autograder.sandbox.wire import Flag, Kind, Unsendable, WireError

MAX_NESTING = 32  # callbacks within calls within callbacks ...
MAX_ORDER = 4  # of derivatives: each order has a graph about three times as large as the one before
_AT_ONCE = 10_000  # numbers freed with one request
GRADIENT_OPERATIONS = ("backward", "backward_graph")


class Peer:
    """One side of the wall. A subclass says which operations it serves and how its own kinds of object cross."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.tapes: dict[int, Tape] = {}
        self.gone_tapes: list[int] = []
        self.gone_handles: list[int] = []
        self._requests = self._tape_number = self._nesting = 0
        self.anchor = torch.zeros((), requires_grad=True)
        self.anchor_node = self.anchor.view(()).grad_fn.next_functions[0][0]  # type: ignore[union-attr]

    # What a subclass supplies -----------------------------------------------------------------------------------

    def operation(self, name: str) -> Callable[..., Any]:
        """The operation of that name; raises WireError for one this side does not serve."""
        raise NotImplementedError

    def write_object(self, message: Encoder, value: Any, depth: int) -> bool:
        """Write a value that is not plain data; False if it can't cross."""
        raise NotImplementedError

    def read_object(self, message: Decoder, tag: bytes, depth: int) -> Any:
        raise NotImplementedError

    def decoder(self, frame: Frame) -> Decoder:
        return Decoder(frame.meta, frame.buffers, self.read_object)

    def error_of(self, report: Any) -> BaseException:
        """The exception to raise for an ERROR frame."""
        raise NotImplementedError

    def report_of(self, fault: BaseException) -> Any:
        """What to send for an exception raised by an operation; may raise instead."""
        raise NotImplementedError

    def violation(self, what: str) -> Exception:
        """The exception to raise when the other side broke the protocol."""
        return WireError(what)

    def forget(self, handles: list[int]) -> None:
        """The other side holds these no longer."""

    # Asking -----------------------------------------------------------------------------------------------------

    def request(self, operation: str, *args: Any) -> Any:
        """Run an operation on the other side; results carry gradient if gradients are on here."""
        grad = torch.is_grad_enabled() and operation != "backward"
        message, reply = self._ask(operation, args, grad)
        value, tape = _pair(reply.whole())
        return self._connect(value, tape, reply.grads, message.grads) if grad else value

    def differentiate(self, tape: int, grads: list[Any], leaves: list[torch.Tensor]) -> list[Any]:
        """The gradients of a tape with a graph of their own: they depend on `grads` and on the tape's leaves."""
        message, reply = self._ask("backward_graph", (tape, grads), True)
        value, number = _pair(reply.whole())
        return self._connect(value, number, reply.grads, [*message.grads, *leaves])

    def _ask(self, operation: str, args: tuple[Any, ...], grad: bool) -> tuple[Encoder, Decoder]:
        self._requests += 1
        number = self._requests
        gone, handles = _some(self.gone_tapes), _some(self.gone_handles)
        message = Encoder(self.write_object)
        with torch.set_grad_enabled(grad):
            message.value([operation, gone, handles, list(args)])
        self.channel.send(Kind.REQUEST, number, message, Flag.GRAD if grad else 0)
        return message, self._reply(number)

    def _reply(self, number: int) -> Decoder:
        while True:
            frame = self.channel.receive()
            if frame.kind is Kind.REQUEST:
                self.serve(frame)
                continue
            if frame.request != number or frame.kind is Kind.HELLO:
                raise WireError("a reply to nothing that was asked")
            reply = self.decoder(frame)
            if frame.kind is Kind.ERROR:
                raise self.error_of(reply.whole())
            return reply

    def _connect(self, value: Any, tape: Any, results: list[torch.Tensor], leaves: list[torch.Tensor]) -> Any:
        if not results:
            return value
        if type(tape) is not int or not 0 < tape < 1 << 62:
            raise WireError("results with gradient but no tape")
        bridged = Bridge.apply(self, TapeRef(self, tape), results, self.anchor, *leaves)
        return swap(value, {id(old): new for old, new in zip(results, bridged, strict=True)})

    # Serving ----------------------------------------------------------------------------------------------------

    def serve(self, frame: Frame) -> None:
        """Run one request of the other side and reply to it."""
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise WireError("calls nested too deeply")
        try:
            request = self.decoder(frame)
            operation, args = self._opened(request.whole())
            try:
                message = self._run(operation, args, request.grads, bool(frame.flags & Flag.GRAD))
                kind = Kind.REPLY
            except WireError:
                raise
            except BaseException as fault:
                message, kind = self._failed(fault), Kind.ERROR
            try:
                self.channel.send(kind, frame.request, message)
            except Unsendable as fault:
                self.channel.send(Kind.ERROR, frame.request, self._failed(fault))
        finally:
            self._nesting -= 1

    def _failed(self, fault: BaseException) -> Encoder:
        message = Encoder()
        message.value(self.report_of(fault))
        return message

    def _opened(self, request: Any) -> tuple[str, list[Any]]:
        if (
            type(request) is not list
            or len(request) != 4
            or [type(part) for part in request] != [str, list, list, list]
        ):
            raise WireError("not a request")
        operation, tapes, handles, args = request
        if not all(type(number) is int for number in tapes + handles):
            raise WireError("not numbers")
        for number in tapes:
            self.tapes.pop(number, None)
        self.forget(handles)
        return operation, args

    def _run(self, name: str, args: list[Any], leaves: list[torch.Tensor], grad: bool) -> Encoder:
        operation = self._backward if name == "backward" else self._backward_graph
        if name not in GRADIENT_OPERATIONS:
            operation = self.operation(name)
        order = 0
        if name == "backward_graph":
            order = self._tape(args[0]).order + 1
            if order > MAX_ORDER:
                raise RecursionError("a derivative of too high an order")
        for leaf in leaves:
            leaf.requires_grad_()
        computed = {id(leaf): Computed.apply(leaf) for leaf in leaves if getattr(leaf, "_non_leaf", False)}
        message = Encoder(self.write_object)
        with torch.set_grad_enabled(grad):
            value = operation(*swap(args, computed))
            if name == "backward_graph":  # depends on the leaves of its tape too
                leaves = [*leaves, *self._tape(args[0]).leaves]
            message.meta += b"t\x02\x00\x00\x00"  # the pair (value, tape), counted as its reader counts it
            message.nodes += wire.CONTAINER
            message.value(value, 1)
        tape = self._new_tape(Tape(leaves, message.grads, order)) if message.grads else None
        message.value(tape, 1)
        return message

    def _new_tape(self, tape: Tape) -> int:
        self._tape_number += 1
        self.tapes[self._tape_number] = tape
        return self._tape_number

    def _backward(self, tape: int, accumulate: bool, grads: list[Any]) -> list[torch.Tensor | None]:
        leaves, results, grads = self._used(tape, grads)
        if accumulate is not True:
            if not leaves:
                return []
            return list(torch.autograd.grad(results, leaves, grads, allow_unused=True, retain_graph=True))
        for leaf in leaves:
            leaf.grad = None
        torch.autograd.backward(results, grads, retain_graph=True)
        collected = [leaf.grad for leaf in leaves]
        for leaf in leaves:
            leaf.grad = None
        return collected

    def _backward_graph(self, tape: int, grads: list[Any]) -> list[torch.Tensor | None]:
        leaves, results, grads = self._used(tape, grads)
        return list(
            torch.autograd.grad(results, leaves, grads, allow_unused=True, retain_graph=True, create_graph=True)
        )

    def _tape(self, number: Any) -> Tape:
        if type(number) is not int or number not in self.tapes:
            raise LookupError("no such tape, or it belongs to an earlier check")
        return self.tapes[number]

    def _used(self, tape: Any, grads: list[Any]) -> tuple[list[torch.Tensor], list[torch.Tensor], list[Any]]:
        """Leaves, and the results that are differentiated with their gradients: a result nobody used has None, which
        is not zero, for the derivative there may be infinite."""
        leaves, results, _ = self._tape(tape)
        if type(grads) is not list or len(grads) != len(results) or not all(map(fits, grads, results)):
            raise ValueError("gradients do not look like the results")
        used = [pair for pair in zip(results, grads, strict=True) if pair[1] is not None]
        return leaves, [result for result, _ in used], [grad for _, grad in used]


def _some(numbers: list[int]) -> list[int]:
    """Take numbers off a list that only ever grows at its end, no more than fit into a message."""
    taken = numbers[:_AT_ONCE]
    del numbers[:_AT_ONCE]
    return taken


def _pair(reply: Any) -> tuple[Any, Any]:
    if type(reply) is not tuple or len(reply) != 2:
        raise WireError("not a reply")
    return reply


def swap(value: Any, new: dict[int, Any]) -> Any:
    """The same nested value with some objects (by identity) replaced."""
    if not new:
        return value
    if id(value) in new:
        return new[id(value)]
    if type(value) in (list, tuple):
        return type(value)(swap(item, new) for item in value)
    if type(value) is dict:
        return {key: swap(item, new) for key, item in value.items()}
    return value

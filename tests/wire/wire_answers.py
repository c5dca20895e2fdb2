"""A whole grader's end whose guest answers with the bytes of a test."""

import struct

from wire_frames import HEADER
from wire_messages import REPLY, u32
from wire_pipe import Nobody, Pipe

from autograder.errors import SandboxEnded
from autograder.model.course import Limits
from autograder.model.result import Outcome
from autograder.sandbox.encode import Encoder
from autograder.sandbox.host import Host


def framed(meta, buffers=(), /, kind=REPLY, number=1, **lies):
    sizes = {"meta": len(meta), "count": len(buffers), "total": sum(map(len, buffers)), **lies}
    header = HEADER.pack(b"AG", kind, 0, number, sizes["meta"], sizes["count"], sizes["total"])
    lengths = lies.get("lengths", [len(buffer) for buffer in buffers])
    return header + struct.pack(f"<{len(lengths)}Q", *lengths) + meta + b"".join(map(bytes, buffers))


def answered(stream):
    """A host whose guest answers everything with these bytes."""
    chunks = iter([stream])
    return Host(Nobody(Pipe(lambda _: next(chunks, b""))), Limits())


def written(value):
    message = Encoder()
    message.meta += b"t" + u32(2)
    message.value(value, 1)
    message.value(None, 1)
    return bytes(message.meta), [bytes(buffer) for buffer in message.buffers]


def ends(stream):
    """What comes of it: a value, or the reason why the sandbox was ended."""
    host = answered(stream)
    try:
        return host.request("call", None, "f", (), {})
    except SandboxEnded as end:
        return end.what if end.outcome == Outcome.CRASH else f"{end.outcome}!"

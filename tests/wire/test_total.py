"""The parser is total and bounded: whatever a guest writes ends as plain data or as an end of the sandbox, soon.

The whole grader's end is fed here, not the decoder alone (see grader_side.py); `Feeder` asserts what must hold.
"""

import ast
import contextlib
import itertools
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import wire_corpus
from grader_side import PLAIN, Feeder
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_answers import answered, ends, framed, written
from wire_frames import HEADER, Frames
from wire_messages import Source, items, text, u32
from wire_values import make

from autograder.sandbox import decode, intake, wire
from autograder.sandbox.decode import Decoder
from autograder.sandbox.wire import WireError

ROOT = Path(decode.__file__).parent
FEEDER = Feeder()


@pytest.mark.parametrize("part", range(4))
def test_every_kept_input_of_the_fuzzer_still_ends_well(part):
    kept = wire_corpus.load()
    assert len(kept) > 100
    before = FEEDER.frames
    for data in kept[part::4]:
        FEEDER.feed(data)
    assert FEEDER.frames > before


@given(st.binary(max_size=600))
@settings(max_examples=400, deadline=None)
def test_any_bytes_as_frames_or_as_decisions_end_well(data):
    FEEDER.feed(data)


@given(st.binary(max_size=80), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1))
@settings(max_examples=200, deadline=None)
def test_any_header_ends_well(rest, meta, count, total):
    assert isinstance(ends(framed(rest, meta=meta, count=count, total=total)), str)


@given(st.integers(0, 400), st.data())
@settings(max_examples=150, deadline=None)
def test_a_mutated_message_ends_well(seed, data):
    meta, buffers = written(make(seed))
    stream = bytearray(framed(meta, buffers))
    for _ in range(data.draw(st.integers(1, 4))):
        stream[data.draw(st.integers(0, len(stream) - 1))] = data.draw(st.integers(0, 255))
    ends(bytes(stream))


def test_a_frame_cut_off_at_any_byte_is_never_a_value():
    meta, buffers = written([1, "text", torch.arange(3.0), {"a": (None, 2.5, b"x")}, np.arange(2), {1, 2}])
    stream = framed(meta, buffers)
    assert ends(stream)[0] == 1
    for size in range(len(stream)):
        assert ends(stream[:size]) == "ended its own process with exit status 0"
    for size in range(len(meta)):
        assert ends(framed(meta[:size], buffers)).startswith("broke the protocol")


def test_every_length_that_is_a_lie_is_found_out():
    meta, buffers = written([torch.arange(3.0), b"x" * 3000, "text", [1, 2], {"a": 1}, 2**70])
    for place in range(len(meta) - 3):
        number = int.from_bytes(meta[place : place + 4], "little")
        for lie in (0, number + 1, number - 1, 2**31, 2**32 - 1):
            ends(framed(meta[:place] + (lie % 2**32).to_bytes(4, "little") + meta[place + 4 :], buffers))
    for lengths in ([12, 2999], [11, 3000], [2**63, 3000], [0, 3012], [3000, 12], [12], [12, 3000, 0]):
        assert isinstance(ends(framed(meta, buffers, lengths=lengths)), str)
    for lie in ({"meta": len(meta) - 1}, {"meta": len(meta) + 1}, {"count": 1}, {"count": 3}, {"total": 1}):
        assert isinstance(ends(framed(meta, buffers, **lie)), str)


@given(st.integers(0, 10_000))
@settings(max_examples=100, deadline=None)
def test_only_plain_types_ever_arrive(seed):
    data = wire_corpus.load()[seed % 100] + seed.to_bytes(8, "little") * 8
    source = Source(data)
    stream = Frames(source).next(1, "value")
    with contextlib.suppress(WireError, struct.error):
        _, _, _, _, size, count, _ = HEADER.unpack(stream[: HEADER.size])
        lengths = struct.unpack(f"<{count}Q", stream[HEADER.size : HEADER.size + 8 * count])
        start = HEADER.size + 8 * count
        places = np.cumsum([start + size, *lengths])
        buffers = [memoryview(bytearray(stream[a:b])) for a, b in itertools.pairwise(places)]
        assert type(Decoder(memoryview(stream[start : start + size]), buffers).whole()) in PLAIN


NAMED = ("wire", "encode", "decode", "channel", "intake", "bridge", "host", "observation", "remote")


@pytest.mark.parametrize("name", NAMED)
def test_the_graders_end_looks_nothing_up_by_a_name_it_was_sent(name):
    calls = [node for node in ast.walk(ast.parse((ROOT / f"{name}.py").read_text())) if isinstance(node, ast.Call)]
    for call in calls:
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        assert called not in {"eval", "exec", "compile", "__import__", "globals", "vars", "delattr"} or name == "host"
        if called in {"getattr", "setattr"}:
            fixed = isinstance(call.args[1], (ast.Constant, ast.JoinedStr))
            assert fixed or name == "remote", f"{name}.py:{call.lineno}"
    modules = {alias.name for node in ast.walk(ast.parse((ROOT / f"{name}.py").read_text()))
               if isinstance(node, ast.Import) for alias in node.names}  # fmt: skip
    assert not modules & {"pickle", "marshal", "importlib", "subprocess", "yaml", "shelve", "dill"}


def test_names_of_classes_are_compared_never_imported():
    meta = b"H" + u32(3) + text("module") + items(b"l", text("os.system"), text("antigravity.this"))
    host = answered(framed(b"t" + u32(2) + meta + b"N"))
    thing = host.request("call", None, "f", (), {})
    assert "antigravity.this" in object.__getattribute__(thing, "_classes")
    assert "antigravity" not in sys.modules


def test_the_limits_are_what_the_documents_say():
    assert (wire.MAX_META, wire.MAX_BYTES, wire.MAX_NODES) == (8 << 20, 512 << 20, 1_000_000)
    assert intake.MAX_HELD == 256 << 20

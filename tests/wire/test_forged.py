"""Frames a guest's own encoder would never write: each is refused, or read as exactly one value."""

import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch
from wire_alike import alike
from wire_answers import answered, ends, framed, written
from wire_messages import integer, items, u32
from wire_pipe import Nobody, Pipe

from autograder.errors import SandboxEnded
from autograder.model.course import Limits
from autograder.model.result import Outcome
from autograder.sandbox import intake, wire
from autograder.sandbox.host import Host


@pytest.mark.parametrize("tag", [b"l", b"t", b"S", b"d", b"s", b"b", b"I", b"Z", b"Lq", b"Md", b"Y", b"V"])
@pytest.mark.parametrize("count", [2**31, 2**32 - 1, 8 << 20, 1000])
def test_a_huge_count_with_little_data_takes_no_memory(tag, count):
    tracemalloc.start()
    assert "protocol" in ends(framed(items(b"t")[:1] + u32(2) + tag + u32(count) + b"N" * 90))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_an_announced_buffer_takes_no_memory_before_it_arrives():
    def pages():
        return int(Path("/proc/self/statm").read_text().split()[1])

    used = [pages()]
    chunks = iter([framed(b"N", count=1, total=100 << 20, lengths=[100 << 20])])
    host = Host(Nobody(Pipe(lambda _: used.append(pages()) or next(chunks, b""))), Limits())
    with pytest.raises(SandboxEnded, match="ended its own process"):
        host.request("call", None, "f", (), {})
    assert len(used) == 3
    assert used[-1] - used[0] < 5000, "pages of 4 KiB"


@pytest.mark.parametrize("opening", [b"l" + u32(1), b"t" + u32(1), b"d" + u32(1) + b"N", b"Q", b"S" + u32(1)])
def test_nesting_ends_at_the_limit(opening):
    assert "too deep" in ends(framed(opening * 100_000 + b"N"))


NUMBERS = {
    "of an earlier request": framed(written(1)[0], number=0),
    "of none": framed(written(1)[0], number=7),
    "largest": framed(written(1)[0], number=2**32 - 1),
    "hello": framed(b"N", kind=1),
    "unknown kind": framed(b"N", kind=9),
    "error of another": framed(b"N", kind=4, number=2),
}


@pytest.mark.parametrize("stream", NUMBERS.values(), ids=NUMBERS)
def test_a_frame_nobody_waits_for_ends_the_sandbox(stream):
    assert "protocol" in ends(stream)


def test_a_second_reply_to_one_request_is_found_at_the_next():
    host = answered(framed(written(1)[0]) * 2)
    assert host.request("call", None, "f", (), {}) == 1
    with pytest.raises(SandboxEnded, match="a reply to nothing"):
        host.request("call", None, "f", (), {})


def tensor(shape, strides=(), code=0, flags=0, index=0):
    meta = b"X" + bytes([code, flags, len(shape)]) + struct.pack(f"<{len(shape)}q", *shape) + struct.pack("<H", index)
    return meta + struct.pack(f"<{len(strides)}q", *strides)


TENSORS = {
    "more elements than bytes": (tensor((4,)), 12),
    "fewer elements than bytes": (tensor((2,)), 12),
    "a negative size": (tensor((-3, -1)), 12),
    "a product that wraps to three": (tensor((2**33 + 1, 2**31, 3)), 12),
    "strides": (tensor((3,), (1,), flags=16), 12),
    "negative strides": (tensor((3,), (-1,), flags=16), 12),
    "strides of zero": (tensor((3,), (0,), flags=16), 12),
    "strides far outside": (tensor((3,), (2**40,), flags=16), 12),
    "a buffer that is not there": (tensor((3,), index=1), 12),
    "seventeen dimensions": (tensor((1,) * 17), 4),
    "gradient of integers": (tensor((3,), code=5, flags=1), 12),
    "an integer parameter that requires gradient": (tensor((3,), code=5, flags=6) + b"N", 12),
    "a parameter whose gradient is itself": (tensor((3,), flags=2) + tensor((3,)), 12),
    "unknown dtype": (tensor((3,), code=15), 12),
}


@pytest.mark.parametrize(("meta", "size"), TENSORS.values(), ids=TENSORS)
def test_a_tensor_that_lies_about_itself_is_refused(meta, size):
    assert "protocol" in ends(framed(b"t" + u32(2) + meta + b"N", [bytes(size)]))


ODD = {
    "a small integer written long": (b"I" + u32(9) + b"\x05" + bytes(8), 5),
    "an integer of no bytes": (b"I" + u32(0), 0),
    "a short list written packed": (b"Lq" + u32(1) + integer(7)[1:], [7]),
    "an empty packed tuple": (b"Md" + u32(0), ()),
    "a key twice": (b"d" + u32(2) + integer(1) + b"N" + integer(1) + b"T", {1: True}),
    "equal keys of two types": (b"d" + u32(2) + integer(1) + b"N" + b"T" + b"F", {1: False}),
    "a member twice": (b"S" + u32(2) + b"NN", {None}),
    "text that is no text": (b"s" + u32(3) + b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
    "overlong text": (b"s" + u32(2) + b"\xc0\x80", "\ufffd\ufffd"),
    "short bytes in a buffer": (b"B" + struct.pack("<QH", 4, 0), b"\x00\x02\xff\x01"),
    "a bool of any byte": (b"X\x09\0\x01" + struct.pack("<qH", 4, 0), torch.tensor([False, True, True, True])),
    "bools of an array": (b"A\x0b\x01" + struct.pack("<qH", 4, 0), np.array([False, True, True, True])),
    "a bool of numpy's": (b"z\x0b\x07", np.True_),
}


@pytest.mark.parametrize(("meta", "value"), ODD.values(), ids=ODD)
def test_what_a_guest_writes_in_another_way_is_still_the_same_value(meta, value):
    buffers = [b"\x00\x02\xff\x01"] if meta[:1] in b"XAB" else []
    assert alike(ends(framed(b"t" + u32(2) + meta + b"N", buffers)), value)


@pytest.mark.parametrize("bits", [0x7FF8000000000001, 0xFFF4000000000000, 0x7FF0000000000001, 0x8000000000000000])
def test_every_bit_of_a_nan_arrives(bits):
    raw = struct.pack("<Q", bits)
    meta = b"t" + u32(4) + b"f" + raw + b"c" + raw * 2 + b"z\x01" + raw + tensor((1,), code=1)
    value, real, scalar, array = ends(framed(b"t" + u32(2) + meta + b"N", [raw]))
    assert (
        struct.pack("<d", value) == struct.pack("<d", real.imag) == scalar.tobytes() == array.numpy().tobytes() == raw
    )


@pytest.mark.parametrize("tag", [b"l" + u32(0), b"d" + u32(0), b"S" + u32(0), b"QNNN", b"A\x07\x01" + bytes(10)])
def test_keys_and_members_without_a_hash_end_the_sandbox(tag):
    buffers = [b""] if tag[:1] == b"A" else []
    for whole in (b"d" + u32(1) + tag + b"N", b"S" + u32(1) + tag, b"Y" + u32(1) + tag):
        assert "undecodable: TypeError" in ends(framed(b"t" + u32(2) + whole + b"N", buffers))


def test_frozensets_that_are_keys_can_not_hold_others_nor_be_large():
    inner = b"Y" + u32(1) + b"Y" + u32(1) + b"N"
    assert ends(framed(b"t" + u32(2) + inner + b"N")) == frozenset({frozenset({None})})
    assert "frozenset" in ends(framed(b"t" + u32(2) + b"S" + u32(1) + inner + b"N"))
    large = b"Y" + u32(65) + b"".join(map(integer, range(65)))
    assert len(ends(framed(b"t" + u32(2) + large + b"N"))) == 65
    assert "frozenset" in ends(framed(b"t" + u32(2) + b"S" + u32(1) + large + b"N"))


@pytest.mark.parametrize("kind", [b"X\x09\0\x01", b"A\x0b\x01"])
def test_bools_are_counted_as_long_as_they_are_kept(kind):
    host = answered(framed(b"t" + u32(2) + kind + struct.pack("<qH", 1 << 20, 0) + b"N", [bytes(1 << 20)]))
    kept = host.request("call", None, "f", (), {})
    assert host.intake._held == 1 << 20
    del kept
    assert host.intake._held == 0


def test_long_bytes_are_counted_after_they_left_their_buffer(monkeypatch):
    monkeypatch.setattr(intake, "MAX_PLAIN", 3 << 20)
    one = b"t" + u32(2) + b"B" + struct.pack("<QH", 1 << 20, 0) + b"N"
    host = answered(b"".join(framed(one, [bytes(1 << 20)], number=number) for number in range(1, 5)))
    for _ in range(2):
        host.request("call", None, "f", (), {})
    with pytest.raises(SandboxEnded) as end:
        host.request("call", None, "f", (), {})
    assert end.value.outcome == Outcome.MEMORY


LARGEST = {
    "as many tensors as fit": [torch.zeros(1)] * wire.MAX_BUFFERS,
    "the largest integer": 2**13_599 - 1,
    "the smallest integer": 1 - 2**13_599,
    "the longest text": "x" * (wire.MAX_META - 11),
    "sixteen dimensions": torch.zeros((1,) * wire.MAX_DIMS),
    "nothing, enormously": torch.zeros(0, wire.MAX_ELEMENTS),
    "a frozenset as a key": {frozenset(range(wire.MAX_KEY_MEMBERS)): 1},
}


@pytest.mark.parametrize("value", LARGEST.values(), ids=LARGEST)
def test_the_largest_of_a_kind_that_is_written_is_read(value):
    assert alike(ends(framed(*written(value))), value)

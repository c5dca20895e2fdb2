"""What is encoded is what is decoded, and whatever else arrives is a WireError."""

import contextlib
import struct

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox import wire
from autograder.sandbox.decode import Decoder
from autograder.sandbox.encode import Encoder
from autograder.sandbox.wire import Unsendable, WireError


def across(value, *, layout=False):
    message = Encoder()
    if isinstance(value, torch.Tensor):
        message.tensor(value, layout=layout)
    else:
        message.value(value)
    buffers = [memoryview(bytearray(buffer)) for buffer in message.buffers]
    return Decoder(memoryview(bytes(message.meta)), buffers, layout=layout).whole()


def decode(meta, buffers=()):
    return Decoder(memoryview(meta), [memoryview(bytearray(buffer)) for buffer in buffers]).whole()


leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.binary()
)
keys = st.integers() | st.text(max_size=5) | st.booleans() | st.none()
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=20)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(keys, inner, max_size=5)
        | st.sets(st.integers(), max_size=5)
    ),
    max_leaves=40,
)


def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return a == b


@given(values)
@settings(max_examples=100, deadline=None)
def test_nested_plain_values_arrive_as_they_were_sent(value):
    assert same(across(value), value)


@pytest.mark.parametrize("dtype", wire.TORCH_DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)])
def test_every_dtype_and_shape_of_tensor_crosses_bit_by_bit(dtype, shape):
    tensor = torch.randint(0, 2, shape).to(dtype)
    arrived = across(tensor)
    assert arrived.dtype == dtype
    assert arrived.shape == tensor.shape
    assert arrived.reshape(-1).view(torch.uint8).tolist() == tensor.reshape(-1).view(torch.uint8).tolist()


@pytest.mark.parametrize("dtype", wire.NUMPY_DTYPES)
def test_arrays_and_numpy_scalars_keep_their_dtype(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    assert across(array).dtype == dtype
    assert (across(array.T) == array.T).all()
    assert across(array[1, 1]) == array[1, 1]
    assert across(array[1, 1]).dtype == dtype


@pytest.mark.parametrize(
    "tensor",
    [
        torch.randn(4, 5).t(),
        torch.randn(6)[::2],
        torch.randn(1, 5).expand(3, 5),
        torch.randn(3, 1).expand(3, 4),
        torch.randn(2, 3, 4).permute(2, 0, 1)[:, :, 1:],
        torch.randn(5, 5, dtype=torch.complex64).conj(),
        torch.zeros(0, 3).t(),
    ],
    ids=["transposed", "stepped", "expanded rows", "expanded columns", "permuted slice", "conjugate", "empty"],
)
def test_the_guest_sees_the_memory_layout_the_grader_chose(tensor):
    arrived = across(tensor, layout=True)
    assert torch.equal(arrived, tensor.resolve_conj())
    if tensor.numel() and not tensor.is_conj():
        assert arrived.stride() == tensor.stride()


def test_overlapping_windows_arrive_as_a_copy():
    windows = torch.arange(6.0).unfold(0, 3, 1)
    assert torch.equal(across(windows, layout=True), windows)


def test_nan_and_infinity_cross_bit_by_bit():
    tensor = torch.tensor([float("nan"), float("inf"), -0.0])
    assert across(tensor).view(torch.int32).tolist() == tensor.view(torch.int32).tolist()


@pytest.mark.parametrize(
    "value",
    [object(), lambda: 0, torch.zeros(2, 2).to_sparse(), [torch.empty(2, device="meta")], 10**10000],
    ids=["object", "function", "sparse tensor", "meta tensor", "huge integer"],
)
def test_what_is_not_plain_data_is_refused_by_name(value):
    with pytest.raises(Unsendable, match="cross the wall"):
        across(value)


def test_a_list_that_holds_itself_is_refused():
    endless: list = []
    endless.append(endless)
    with pytest.raises(Unsendable, match="too deeply"):
        across(endless)


FORGED = {
    "nothing": b"",
    "unknown tag": b"?",
    "left over": b"NN",
    "short int": b"i\x00",
    "count beyond the end": b"l" + struct.pack("<I", 2**31),
    "string beyond the end": b"s" + struct.pack("<I", 5) + b"ab",
    "dict with a list as key": b"d" + struct.pack("<I", 1) + b"l\0\0\0\0" + b"N",
    "set of lists": b"S" + struct.pack("<I", 1) + b"l\0\0\0\0",
    "packed list of unknown kind": b"Lx" + struct.pack("<I", 0),
    "packed list beyond the end": b"Lq" + struct.pack("<I", 1000),
    "huge integer": b"I" + struct.pack("<I", 5000) + b"\x01" * 5000,
    "tensor without its buffer": b"X" + struct.pack("<BBB", 0, 0, 1) + struct.pack("<q", 3) + struct.pack("<H", 0),
    "tensor of unknown dtype": b"X" + struct.pack("<BBB", 99, 0, 0) + struct.pack("<H", 0),
    "tensor of 200 dimensions": b"X" + struct.pack("<BBB", 0, 0, 200) + b"\x01" * 1600 + struct.pack("<H", 0),
    "negative size": b"X" + struct.pack("<BBB", 0, 0, 1) + struct.pack("<q", -1) + struct.pack("<H", 0),
    "sizes that wrap": b"X" + struct.pack("<BBB", 0, 0, 2) + struct.pack("<qq", 2**62, 4) + struct.pack("<H", 0),
    "integer tensor with gradient": b"X" + struct.pack("<BBB", 4, 1, 1) + struct.pack("<q", 0) + struct.pack("<H", 0),
    "strides towards the grader": b"X" + struct.pack("<BBB", 0, 16, 1) + struct.pack("<qHq", 0, 0, 1),
    "array of unknown dtype": b"A\xff\x00" + struct.pack("<H", 0),
    "numpy scalar cut short": b"z\x01\x00",
    "dtype out of range": b"D\xff",
    "device with a path": b"V" + struct.pack("<I", 5) + b"cuda/",
    "size of negative length": b"Z" + struct.pack("<I", 2**32 - 1),
}


@pytest.mark.parametrize("meta", FORGED.values(), ids=FORGED)
def test_forged_messages_are_refused(meta):
    with pytest.raises(WireError):
        decode(meta, [b""] if b"X" in meta[:1] else [])


def test_a_buffer_can_not_be_used_twice():
    tensor = b"X" + struct.pack("<BBB", 8, 0, 1) + struct.pack("<q", 4) + struct.pack("<H", 0)
    assert decode(tensor, [b"abcd"]).tolist() == list(b"abcd")
    with pytest.raises(WireError, match="buffer"):
        decode(b"t\x02\0\0\0" + tensor * 2, [b"abcd"])


def test_a_buffer_nobody_uses_is_refused():
    with pytest.raises(WireError, match="left over"):
        decode(b"N", [b"abcd"])


def test_keys_chosen_to_collide_stop_at_the_deadline():
    keys = b"".join(
        b"I" + struct.pack("<I", 16) + ((2**61 - 1) * number).to_bytes(16, "little", signed=True) + b"N"
        for number in range(1, 30_000)
    )
    meta = b"d" + struct.pack("<I", 29_999) + keys
    with pytest.raises(WireError, match="too long"):
        Decoder(memoryview(meta), [], deadline=0.0).whole()


@given(st.binary(max_size=400), st.lists(st.binary(max_size=32), max_size=3))
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_never_raise_anything_else(meta, buffers):
    with contextlib.suppress(WireError):
        decode(meta, buffers)


@given(values, st.data())
@settings(max_examples=100, deadline=None)
def test_a_mutated_message_never_raises_anything_else(value, data):
    message = Encoder()
    message.value([value, torch.arange(6.0), np.arange(3)])
    meta = bytearray(message.meta)
    for _ in range(data.draw(st.integers(1, 4))):
        meta[data.draw(st.integers(0, len(meta) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(WireError):
        decode(bytes(meta), [bytes(buffer) for buffer in message.buffers])

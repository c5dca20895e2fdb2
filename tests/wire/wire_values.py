"""Values that cross the wall, and their fingerprints. This file is also the student's module: the same code makes the
same values on both sides, so what arrived can be compared with what was sent without trusting the wire."""

import random
import struct

import numpy as np
import torch

DTYPES = (
    *(torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8),
    *(torch.uint8, torch.bool, torch.complex64, torch.complex128, torch.uint16, torch.uint32, torch.uint64),
)
ARRAYS = ("<f4", "<f8", "<f2", "<i8", "<i4", "<i2", "|i1", "|u1", "<u2", "<u4", "<u8", "|b1", "<c8", "<c16")
FLOATS = (0.0, -0.0, 1.5, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), 0.1)
NANS = (0x7FF8000000000000, 0xFFF8000000000000, 0x7FF8000000000001, 0x7FFFFFFFFFFFFFFF, 0x7FF4000000000000)
INTS = (0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, -(2**63) - 1, 2**64, -(2**255), 2**13_000 - 1, 255, 256)
TEXTS = ("", "a", "é", "e\u0301", "网络", "\U0001f600", "\0", "\x1b[2J", "\u202e", "\ufeff", "\uffff", "x" * 3000)
SHAPES = ((), (0,), (1,), (5,), (1, 1), (2, 3), (3, 0, 2), (2, 1, 3), (1, 2, 1, 3), (1,) * 16)


def raw(draw, shape, dtype):
    """A tensor of any bits at all: NaN payloads, signed zeros, denormals, the ends of the integers."""
    size = torch.empty((), dtype=dtype).element_size()
    count = int(np.prod(shape, dtype=np.int64))
    data = bytes(draw.choice((draw.randrange(256), 0, 255, 127, 128)) for _ in range(count * size))
    if dtype == torch.bool:
        data = bytes(byte & 1 for byte in data)
    return torch.frombuffer(bytearray(data), dtype=dtype).reshape(shape) if count else torch.empty(shape, dtype=dtype)


def tensor(draw):
    return raw(draw, draw.choice(SHAPES), draw.choice(DTYPES))


def array(draw):
    made = raw(draw, draw.choice(SHAPES), torch.uint8)
    return made.numpy().astype(draw.choice(ARRAYS))


def floating(draw):
    if draw.random() < 0.3:
        return struct.unpack("<d", struct.pack("<Q", draw.choice(NANS)))[0]
    return draw.choice(FLOATS)


LEAVES = (
    lambda d: None,
    lambda d: d.random() < 0.5,
    lambda d: d.choice(INTS) if d.random() < 0.5 else d.getrandbits(d.randrange(1, 200)) - 2**100,
    floating,
    lambda d: complex(floating(d), floating(d)),
    lambda d: d.choice(TEXTS),
    lambda d: d.randbytes(d.choice((0, 1, 100, 2047, 2048, 5000))),
    tensor,
    tensor,
    lambda d: torch.nn.Parameter(torch.full((2,), floating(d), dtype=torch.float64), d.random() < 0.5),
    array,
    lambda d: np.frombuffer(d.randbytes(8), d.choice(("<f4", "<i8", "<u2", "|i1", "<f2")))[0],
    lambda d: d.choice(DTYPES),
    lambda d: torch.device(d.choice(("cpu", "cpu:0", "meta", "cuda", "cuda:1"))),
    lambda d: torch.Size(d.choice(SHAPES)),
    lambda d: ...,
)
KEYS = (
    lambda d: d.randrange(-3, 300),
    lambda d: d.choice(TEXTS[:9]),
    lambda d: (d.randrange(3), d.choice(TEXTS)),
    lambda d: d.choice(FLOATS),
    lambda d: frozenset((d.randrange(5), "a")),
    lambda d: None,
    lambda d: d.randbytes(3),
)


def nested(draw, depth=0):
    kind = draw.randrange(24) if depth < 4 else 0
    many = draw.choice((0, 1, 2, 3, 17)) if depth < 3 else 2
    if kind < 14:
        return draw.choice(LEAVES)(draw)
    if kind < 17:
        return [nested(draw, depth + 1) for _ in range(many)]
    if kind < 20:
        return tuple(nested(draw, depth + 1) for _ in range(many))
    if kind < 22:
        return {draw.choice(KEYS)(draw): nested(draw, depth + 1) for _ in range(many)}
    if kind == 22:
        members = [draw.choice(KEYS)(draw) for _ in range(many)]
        return draw.choice((set, frozenset))(members)
    return slice(nested(draw, depth + 2), draw.randrange(9), None)


def packed(draw):
    """Lists of one type of number, which cross in one piece."""
    count = draw.choice((16, 17, 40))
    kind = draw.choice((floating, lambda d: d.choice(INTS[:7]), lambda d: d.choice(INTS), lambda d: d.random() < 0.5))
    return draw.choice((list, tuple))(kind(draw) for _ in range(count))


def make(seed):
    """A nested value; the same for the same seed."""
    draw = random.Random(seed)
    return packed(draw) if seed % 5 == 0 else nested(draw) if seed % 5 == 1 else [nested(draw, 1), nested(draw, 1)]


def make_many(first, count):
    return [make(seed) for seed in range(first, first + count)]


def fingerprint(value):  # noqa: PLR0911  # one line for each kind
    """A text that is the same for values of the same types, sizes and bits, and for no others."""
    kind = type(value)
    if isinstance(value, torch.Tensor):
        data = value.detach().resolve_conj().resolve_neg().contiguous().as_strided((value.numel(),), (1,))
        text = data.view(torch.uint8).numpy().tobytes().hex() if data.numel() else ""
        more = f" {value.requires_grad} {fingerprint(value.grad)}" if kind is torch.nn.Parameter else ""
        return f"{kind.__name__} {value.dtype} {tuple(value.shape)} {text}{more}"
    if isinstance(value, (np.ndarray, np.generic)):
        return f"{kind.__name__} {value.dtype} {value.shape} {value.tobytes().hex()}"
    if kind in (list, tuple):
        return f"{kind.__name__}[{', '.join(map(fingerprint, value))}]"
    if kind in (set, frozenset):
        return f"{kind.__name__}[{', '.join(sorted(map(fingerprint, value)))}]"
    if kind is dict:
        return f"dict[{', '.join(f'{fingerprint(key)}: {fingerprint(item)}' for key, item in value.items())}]"
    if kind is slice:
        return f"slice[{', '.join(map(fingerprint, (value.start, value.stop, value.step)))}]"
    if kind is float:
        return "float " + struct.pack("<d", value).hex()
    if kind is complex:
        return "complex " + struct.pack("<dd", value.real, value.imag).hex()
    return f"{kind.__name__} {value:x}" if kind is int else f"{kind.__name__} {value!r}"


def echo(value):
    return value


def fingerprints(values):
    return [fingerprint(value) for value in values]


def describe(tensor):
    """What a function sees of the memory of its argument."""
    return tensor.stride(), tensor.storage_offset(), tensor.is_contiguous(), tensor.is_conj(), tensor.is_neg()

"""What students' functions return when they don't return what was asked for, and a strategy that makes up more."""

import numpy as np
import torch
from hypothesis import settings
from hypothesis import strategies as st

# a busy machine must not fail a test, and no examples are kept
relaxed = settings(deadline=None, max_examples=80, database=None)


class Stranger:
    """Stands for a remote object: claims a class, has no data, and is dangerous to touch."""

    __class__ = torch.Tensor

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("a remote object was touched")

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value, 1]
    return value


GARBAGE = [
    None,
    True,
    0,
    -1,
    10**5000,
    float("nan"),
    float("-inf"),
    complex(1, float("nan")),
    "",
    "x" * 1_000_000,
    "\x1b[2J\x1b]0;owned\x07\u202etxt.exe\r\n\x00",
    b"\x00\xff" * 1000,
    [],
    (),
    {},
    set(),
    [None] * 1000,
    list(range(1_000_000)),
    nested(50_000),
    {"a": {"a": {1: {2.5: None}}}},
    {True: 1, "loss": [float("nan")]},
    slice(None, 3),
    Ellipsis,
    torch.float32,
    torch.device("cpu"),
    torch.Size((2, 3)),
    torch.tensor(float("nan")),
    torch.zeros(0),
    torch.zeros(2, 0, 3),
    torch.zeros(3, 3),
    torch.full((2, 3), float("inf"), dtype=torch.float16),
    torch.ones(2, 3, dtype=torch.bool),
    torch.ones(2, 3, dtype=torch.int64),
    torch.ones(2, 3, dtype=torch.complex64),
    torch.ones(2, 3, dtype=torch.bfloat16),
    torch.ones(1).expand(100_000),
    torch.nn.Parameter(torch.ones(2, 3)),
    np.float32("nan"),
    np.int64(3),
    np.bool_(True),
    np.zeros((2, 3)),
    np.array(["a", "b"]),
    np.zeros(2, dtype=[("a", "<i4")]),
    object(),
    Stranger(),
]

_dtypes = st.sampled_from(
    [
        torch.float64,
        torch.float32,
        torch.float16,
        torch.bfloat16,
        torch.int64,
        torch.uint8,
        torch.bool,
        torch.complex128,
    ]
)
tensors = st.builds(
    lambda shape, dtype, seed: (100 * torch.randn(shape, generator=torch.Generator().manual_seed(seed))).to(dtype),
    st.lists(st.integers(0, 3), max_size=4).map(tuple),
    _dtypes,
    st.integers(0, 2**31),
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.complex_numbers() | tensors,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.booleans(), inner, max_size=3)
    ),
    max_leaves=8,
)
anything = st.sampled_from(GARBAGE) | plain

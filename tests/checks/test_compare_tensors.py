import contextlib
import math

import numpy as np
import pytest
import torch
from garbage import GARBAGE, anything, plain, relaxed, tensors
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.checks import compare
from autograder.checks.feedback import CheckFailure

F64 = torch.float64
GRID = torch.arange(6, dtype=F64).reshape(2, 3)
NAN = float("nan")


def failure(got, want, **how) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        compare.same(got, want, **how)
    return caught.value


EQUAL = {
    "fp64": (GRID + 1e-9, GRID),
    "fp32": (GRID.float() + 1e-6, GRID.float()),
    "bf16": (GRID.bfloat16(), GRID.bfloat16() * 1.01),
    "integers": (torch.arange(3), torch.arange(3)),
    "booleans": (torch.tensor([True]), torch.tensor([True])),
    "complex": (torch.tensor([1 + 2j]), torch.tensor([1 + 2j])),
    "nan where nan is wanted": (torch.tensor([NAN, 1.0]), torch.tensor([NAN, 1.0])),
    "infinity where infinity is wanted": (torch.tensor([math.inf, -math.inf]), torch.tensor([math.inf, -math.inf])),
    "no dimensions": (torch.tensor(3.0), torch.tensor(3.0)),
    "no elements": (torch.zeros(0, 3), torch.zeros(0, 3)),
    "a parameter for a tensor": (torch.nn.Parameter(torch.ones(2)), torch.ones(2)),
    "a result that requires grad": (GRID.clone().requires_grad_(), GRID),
    "an expanded result": (torch.ones(1).expand(4), torch.ones(4)),
    "tuples": ((GRID, 1, "a", None), (GRID, 1, "a", None)),
    "a size for a tuple": (GRID.shape, (2, 3)),
    "dicts": ({"w": GRID, "n": [1, 2.0]}, {"w": GRID, "n": [1, 2.0]}),
    "arrays": (np.arange(3.0), np.arange(3.0)),
    "an array of the other byte order": (np.arange(3.0, dtype=">f8"), np.arange(3.0)),
    "floats": (0.1 + 0.2, 0.3),
    "a NumPy number for a float": (np.float64(0.5), 0.5),
}
DIFFERENT = {
    "a number that is too far off": (GRID + 1e-5, GRID, "value"),
    "a nan": (torch.tensor([NAN, 1.0]), torch.tensor([0.0, 1.0]), "nan"),
    "a number where nan is wanted": (torch.tensor([0.0, 1.0]), torch.tensor([NAN, 1.0]), "value"),
    "the other infinity": (torch.tensor([math.inf]), torch.tensor([-math.inf]), "value"),
    "infinity for a large number": (torch.tensor([math.inf]), torch.tensor([3e38]), "value"),
    "a large number for infinity": (torch.tensor([3e38]), torch.tensor([math.inf]), "value"),
    "an integer that is one off": (torch.tensor([2**60 + 1]), torch.tensor([2**60]), "value"),
    "another shape that broadcasts": (torch.zeros(3, 1), torch.zeros(3), "shape"),
    "a number for a tensor": (3.0, torch.tensor(3.0), "type"),
    "an array for a tensor": (np.zeros(3), torch.zeros(3), "type"),
    "a tensor for a float": (torch.tensor(0.5, dtype=F64), 0.5, "type"),
    "a bool for a number": (True, 1.0, "type"),
    "a bool for an int": (True, 1, "type"),
    "a list for a tuple": ([1, 2], (1, 2), "type"),
    "a shorter tuple": ((GRID,), (GRID, GRID), "shape"),
    "another dtype": (GRID.float(), GRID, "dtype"),
    "int32 for int64": (torch.arange(3, dtype=torch.int32), torch.arange(3), "dtype"),
    "other keys": ({"a": 1}, {"b": 1}, "value"),
    "strings in an array": (np.array(["a"]), np.array([1.0]), "dtype"),
    "None": (None, GRID, "type"),
    "another device": (torch.zeros(2, device="meta"), torch.zeros(2), "device"),
}


@pytest.mark.parametrize("case", EQUAL)
def test_these_are_equal(case):
    compare.same(*EQUAL[case])


@pytest.mark.parametrize("case", DIFFERENT)
def test_these_are_different(case):
    got, want, reason = DIFFERENT[case]
    assert failure(got, want).reason == reason


@relaxed
@given(st.data())
def test_same_agrees_with_torch(data):
    want = data.draw(tensors)
    noise = data.draw(st.sampled_from([0.0, 1e-9, 1e-6, 1e-3, 0.05]))
    got = want + noise * torch.randn(want.shape).to(want.dtype) if want.is_floating_point() else want.clone()
    rtol, atol = data.draw(st.sampled_from([(1e-7, 1e-7), (0.0, 1e-2), (1e-3, 0.0)]))
    try:
        torch.testing.assert_close(got, want, rtol=rtol, atol=atol, equal_nan=True)
        agrees = True
    except AssertionError:
        agrees = False
    try:
        compare.same(got, want, rtol=rtol, atol=atol)
        assert agrees
    except CheckFailure:
        assert not agrees


@relaxed
@given(plain)
def test_everything_equals_itself(value):
    compare.same(value, value)


@relaxed
@given(anything, plain)
def test_garbage_ends_in_a_check_failure_and_nothing_else(got, want):
    try:
        compare.same(got, want)
    except CheckFailure as caught:
        texts = (caught.summary.en, caught.summary.zh, caught.values.en, caught.values.zh)
        assert all(len(text) <= 2000 for text in texts)
        assert all(char.isprintable() or char == "\n" for text in texts for char in text)


REFUSING = {
    "same as a tensor": lambda got: compare.same(got, GRID),
    "same as a tuple": lambda got: compare.same(got, (GRID, 1)),
    "same as a dict": lambda got: compare.same(got, {"w": GRID, True: 1}),
    "same as an array": lambda got: compare.same(got, np.full((2, 3), 7.0)),
    "same as a float": lambda got: compare.same(got, 0.5),
    "same as a complex number": lambda got: compare.same(got, 2j),
    "equal": lambda got: compare.equal(got, [1, {"a": (2.0, None)}]),
    "tensor": lambda got: compare.tensor(got, shape=(7, None), dtype=(torch.float32, F64), device="cpu"),
    "number": lambda got: compare.number(got, 0.5),
    "type": lambda got: compare.is_type(got, (frozenset, torch.nn.Module)),
    "items": lambda got: compare.items(got, 3),
    "tensor argument": lambda got: compare.unchanged(GRID, got, "x"),
    "plain argument": lambda got: compare.unchanged([1, "a"], got, "x"),
    "exception": lambda got: compare.raises(ValueError, lambda: got),
}


@pytest.mark.parametrize("refuse", REFUSING)
def test_garbage_is_refused_kindly_by(refuse):
    for got in GARBAGE:
        with pytest.raises(CheckFailure):
            REFUSING[refuse](got)


def test_finite_and_number_take_garbage_too():
    for got in GARBAGE:
        for accept in (compare.finite, compare.number):
            with contextlib.suppress(CheckFailure):
                assert accept(got) is not None


def test_scale_widens_the_absolute_tolerance_only():
    compare.same(torch.tensor([5e-5]), torch.tensor([0.0]), scale=10)
    assert failure(torch.tensor([5e-5]), torch.tensor([0.0])).reason == "value"


def test_the_relative_tolerance_alone_is_never_used_near_zero():
    compare.same(torch.tensor([1e-9], dtype=F64), torch.tensor([0.0], dtype=F64))


def test_tensor_hands_the_tensor_back():
    assert compare.tensor(GRID, shape=(2, None), dtype=F64) is GRID


@pytest.mark.parametrize(
    ("asked", "reason", "said"),
    [
        ({"shape": (3, 2)}, "shape", "the result has shape (2, 3), expected (3, 2)."),
        ({"shape": (None, 4)}, "shape", "the result has shape (2, 3), expected (any, 4)."),
        ({"dtype": torch.float32}, "dtype", "the result has dtype float64, expected float32."),
        ({"dtype": (torch.int64, torch.bool)}, "dtype", "the result has dtype float64, expected int64 or bool."),
        ({"device": "cuda:0"}, "device", "the result is on cpu, expected cuda: make new tensors on"
         " the device of the input.")
    ],
)  # fmt: skip
def test_tensor_says_what_is_wrong(asked, reason, said):
    with pytest.raises(CheckFailure) as caught:
        compare.tensor(GRID, **asked)
    assert (caught.value.reason, caught.value.summary.en) == (reason, said)


@relaxed
@given(tensors, st.integers(0, 2**31))
def test_one_changed_element_is_a_change(before, seed):
    assume(before.numel())
    after = before.clone()
    compare.unchanged(before, after, "x")
    place = seed % before.numel()
    after.reshape(-1)[place] = (
        ~after.reshape(-1)[place] if before.dtype == torch.bool else after.reshape(-1)[place] + 64
    )
    assume(not torch.equal(before, after))
    with pytest.raises(CheckFailure, match="the argument x"):
        compare.unchanged(before, after, "x")


def test_nan_in_an_argument_is_no_change():
    compare.unchanged(torch.tensor([NAN, 1.0]), torch.tensor([NAN, 1.0]), "x")


def test_finite_counts_nan_and_infinity():
    with pytest.raises(CheckFailure) as caught:
        compare.finite(torch.tensor([NAN, math.inf, -math.inf, 1.0]))
    assert caught.value.summary.en == "the result must be finite, but of its 4 values 1 are nan and 2 infinite."
    assert compare.finite(GRID) is GRID


def test_a_view_must_not_copy():
    base = torch.zeros(3, 4)
    assert compare.view(base, 1).base is base
    with pytest.raises(ValueError, match="copies"):
        compare.view(base, [0, 2])

import math

import numpy as np
import pytest
import torch
from garbage import relaxed
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks import compare
from autograder.checks.feedback import CheckFailure
from autograder.errors import SandboxEnded, StudentError


class StudentValueError(StudentError, ValueError):
    pass


class StudentNotImplemented(StudentError, NotImplementedError):
    pass


def raising(error: BaseException):
    def fn(*args, **kwargs):
        raise error

    return fn


@pytest.mark.parametrize(
    ("got", "want"),
    [(1, 1), ("a", "a"), (None, None), ((1, (2, "a")), (1, (2, "a"))), (torch.Size((2,)), (2,)), ({1: [2]}, {1: [2]}),
     (math.nan, math.nan), ({1, 2}, {2, 1}), (torch.float32, torch.float32), (b"a", b"a"), (slice(1), slice(1))],
)  # fmt: skip
def test_equal_plain_values(got, want):
    compare.equal(got, want)


@pytest.mark.parametrize(
    ("got", "want", "reason"),
    [(True, 1, "type"), (1, True, "type"), (1.0, 1, "type"), ("1", 1, "type"), ([1], (1,), "type"),
     ((True,), (1,), "value"), ({True: 1}, {1: 1}, "value"), ({1}, {True}, "value"),
     ((1, 2), (1, 2, 3), "value"), (np.int64(1), 1, "type"), (None, 1, "type"), (1, None, "type")],
)  # fmt: skip
def test_types_matter(got, want, reason):
    with pytest.raises(CheckFailure) as caught:
        compare.equal(got, want)
    assert caught.value.reason == reason


@relaxed
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_finite_number_is_a_number(value):
    assert compare.number(value) == value
    assert compare.number(value, value) == value


@pytest.mark.parametrize("value", [np.float32(0.5), np.int64(2), 3])
def test_numpy_and_python_numbers_are_numbers(value):
    assert type(compare.number(value)) is float


@pytest.mark.parametrize(
    "value", [True, np.bool_(True), "1", None, torch.tensor(1.0), 1j, [1.0], math.nan, math.inf, 10**400]
)
def test_these_are_no_numbers_to_calculate_with(value):
    with pytest.raises(CheckFailure):
        compare.number(value)


def test_a_number_may_be_asked_to_be_nan_or_infinite():
    compare.number(math.nan, math.nan)
    compare.number(-math.inf, -math.inf)
    with pytest.raises(CheckFailure, match="is nan where a finite number"):
        compare.number(math.nan, 0.25)
    with pytest.raises(CheckFailure):
        compare.number(1e308, math.inf)


def test_a_missing_return_is_suggested():
    with pytest.raises(CheckFailure, match=r"should be a tensor, but it is None\. Is a return statement missing\?"):
        compare.same(None, torch.zeros(2))


def test_is_type_tells_bool_from_int_and_believes_no_claim_about_plain_data():
    assert compare.is_type(3, int) == 3
    assert compare.is_type(torch.Size((1,)), tuple) == (1,)
    with pytest.raises(CheckFailure, match=r"should be an int, but it is a bool\."):
        compare.is_type(True, int)
    with pytest.raises(CheckFailure):
        compare.is_type(type("Fake", (), {"__class__": torch.Tensor})(), torch.Tensor)


def test_an_object_is_what_it_claims_to_be():
    claimed = type("Remote", (), {"__class__": torch.nn.Linear})()
    assert compare.is_type(claimed, torch.nn.Module) is claimed


def test_items_says_how_many_are_wanted():
    assert compare.items((1, 2), 2) == [1, 2]
    with pytest.raises(CheckFailure, match="should hold 2 items, but it holds 3"):
        compare.items((1, 2, 3), 2)
    with pytest.raises(CheckFailure, match="should be a tuple, but it is a list of 2 items"):
        compare.items([1, 2], 2)


def test_raises_hands_back_the_students_exception():
    error = StudentValueError("ValueError", "n does not fit")
    assert compare.raises(ValueError, raising(error)) is error
    assert compare.raises((TypeError, ValueError), raising(error), 1, key=2) is error


def test_the_wrong_exception_is_named_only_if_python_defines_it():
    with pytest.raises(CheckFailure, match="should raise KeyError, but it raised ValueError"):
        compare.raises(KeyError, raising(StudentValueError("ValueError", "x = 0.7351")))
    with pytest.raises(CheckFailure, match="raised an exception of its own class") as caught:
        compare.raises(KeyError, raising(StudentValueError("Leak_07351", "x = 0.7351")))
    assert "7351" not in caught.value.summary.en + caught.value.summary.zh


def test_an_unwritten_function_does_not_pass_by_raising():
    with pytest.raises(StudentNotImplemented):
        compare.raises(RuntimeError, raising(StudentNotImplemented("NotImplementedError", "")))


def test_raises_needs_the_students_own_exception():
    with pytest.raises(ValueError, match="ours"):
        compare.raises(ValueError, raising(ValueError("ours")))
    with pytest.raises(SandboxEnded):
        compare.raises((ValueError, Exception), raising(SandboxEnded("timeout", "gone")))


@pytest.mark.parametrize(
    "condition",
    [
        False,
        0,
        None,
        math.nan,
        torch.zeros(2),
        np.zeros(3),
        torch.tensor(False),
        torch.tensor(math.nan),
        object(),
        [1],
        "yes",
        1j,
    ],
)
def test_require_takes_nothing_doubtful_for_true(condition):
    with pytest.raises(CheckFailure, match="rows sum to 1") as caught:
        compare.require(condition, "rows sum to 1", "每行之和为 1", reason="sum")
    assert (caught.value.reason, caught.value.summary.zh) == ("sum", "每行之和为 1")


@pytest.mark.parametrize("condition", [True, 1, 0.5, np.bool_(True), torch.tensor(True), np.array([True])])
def test_require_is_quiet_where_it_holds(condition):
    compare.require(condition, "holds", "成立")


def test_a_huge_number_is_true():
    compare.require(10**5000, "holds", "成立")

"""What a student of a hidden check reads: helpful, and never an input or an expected value."""

import re

import pytest
import torch
from garbage import anything, relaxed
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.checks import compare
from autograder.checks.calls import describe_call
from autograder.checks.feedback import CheckFailure, clean, describe, differs, show
from autograder.checks.views import view
from autograder.model.text import Text

F64 = torch.float64
seeds = st.integers(0, 2**31)


def failure(got, want, **how) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        compare.same(got, want, **how)
    return caught.value


def random(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, dtype=F64, generator=torch.Generator().manual_seed(seed))


WANT = random(1, 3, 5)
IDEAS = {
    "two dimensions swapped": (WANT.T.clone(), "two dimensions are swapped"),
    "another shape": (WANT.reshape(15), "in another shape"),
    "an extra dimension": (WANT[None], "in another shape"),
    "broadcast": (WANT.expand(2, 3, 5), "repeated along a dimension"),
    "a constant factor": (3 * WANT, "up to a constant factor"),
    "the sign": (-WANT, "Only the sign is wrong"),
    "an offset": (WANT + 2, "a constant that is added everywhere"),
    "another order": (WANT.flip(0), "in another order"),
    "all nan": (WANT * float("nan"), "Every value is nan"),
    "all zero": (WANT * 0, "Every value is zero"),
    "the dtype": (WANT.float(), "Its values are right"),
}


@pytest.mark.parametrize("case", IDEAS)
def test_a_common_mistake_is_recognised(case):
    got, said = IDEAS[case]
    assert said in failure(got, WANT).summary.en


def test_nothing_is_recognised_in_plainly_wrong_values():
    said = failure(random(2, 3, 5), WANT).summary.en
    assert not [words for _, words in IDEAS.values() if words in said]


def test_a_square_result_may_be_transposed_too():
    want = random(3, 4, 4)
    assert "two dimensions are swapped" in failure(want.T.clone(), want).summary.en


def test_the_factor_itself_is_only_in_the_values():
    caught = failure(0.6875 * WANT, WANT)
    assert "0.6875" in caught.values.en
    assert "6875" not in caught.summary.en + caught.summary.zh


def test_the_summary_says_how_many_where_and_how_much():
    got = WANT.clone()
    got[1, 2] += 0.004
    got[2, 4] += 0.002
    caught = failure(got, WANT)
    assert caught.summary.en == (
        "2 of 15 values of the result differ (13 %), the first at index [1, 2]; the largest difference is about 1e-3."
    )
    assert caught.summary.zh == "结果的 15 个值中有 2 个不对（13 %），第一处在下标 [1, 2]；最大的差约为 1e-3。"


def test_the_values_hold_both_numbers_at_the_first_difference():
    caught = failure(torch.tensor([1.0, 2.5]), torch.tensor([1.0, 2.25]))
    assert "got 2.5, expected 2.25 at index [1]" in caught.values.en


@relaxed
@given(seeds, seeds, st.integers(1, 6), st.integers(1, 6))
def test_the_summary_has_no_digits_of_what_was_expected(seed, other, rows, columns):
    want, got = random(seed, rows, columns), random(other, rows, columns)
    assume(not torch.equal(want, got))
    caught = failure(got, want)
    digits = {f"{abs(number):.12f}".replace(".", "").lstrip("0")[:4] for number in [*want.flatten(), *got.flatten()]}
    said = re.findall(r"\d{4,}", caught.summary.en + " " + caught.summary.zh)
    assert not [run for run in said if any(part in run for part in digits)]


@relaxed
@given(seeds, st.integers(2, 5), st.integers(-1000, 1000))
def test_the_summary_depends_only_on_the_differences(seed, size, shift):
    """The same differences between other values give the same sentence: so the sentence tells nothing about them."""
    steps = torch.randint(-8, 9, (size, size + 1), generator=torch.Generator().manual_seed(seed)).double()
    assume(steps.any() and int((steps != steps[0, 0]).sum()) > 1)
    one, two = random(seed, size, size + 1), random(seed + 1, size, size + 1) + shift
    assert failure(one + steps, one).summary == failure(two + steps, two).summary


@relaxed
@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_a_wrong_whole_number_tells_nothing_of_the_right_one(want, gap):
    with pytest.raises(CheckFailure) as caught:
        compare.equal(want + gap, want)
    assert caught.value.summary.en == "the result: the type (int) is right, the value is not."


def test_the_size_of_an_integer_difference_is_not_told():
    assert "largest" not in failure(torch.tensor([3, 5]), torch.tensor([3, 4])).summary.en


def test_the_keys_of_a_dict_are_not_told():
    caught = failure({"the": 1, "secret": 2}, {"the": 1, "word": 2})
    assert caught.summary.en == "the result has other keys than expected."
    assert "word" in caught.values.en
    assert (
        failure({"word": 2}, {"word": 1}).summary.en
        == "an entry of the result: the type (int) is right, the value is not."
    )


def test_an_item_of_a_tuple_is_named():
    assert failure((1, WANT.float()), (1, WANT)).summary.en.startswith("the result[1] has dtype float32")


def test_what_is_compared_can_be_named():
    caught = failure(torch.zeros(2), torch.ones(2), what="the mean", zh="均值")
    assert "of the mean" in caught.summary.en
    assert caught.summary.zh.startswith("均值的 2 个值中")


@pytest.mark.parametrize(
    ("value", "words"),
    [(WANT, "float64 tensor of shape (3, 5)"), (torch.tensor(1), "int64 tensor of shape ()"), (None, "None"),
     ([1], "list of 1 item"), ((), "tuple of 0 items"), ("ab", "string of 2 characters"), (1.5, "float"),
     (WANT.numpy(), "float64 NumPy array of shape (3, 5)"), (object(), "object"), (torch.float32, "dtype")],
)  # fmt: skip
def test_describe_says_the_kind_and_not_the_value(value, words):
    assert describe(value) == words


@relaxed
@given(anything)
def test_any_value_can_be_described_and_shown(value):
    assert len(describe(value)) <= 200
    shown = show(value)
    assert len(shown) <= 400
    assert all(char.isprintable() or char == "\n" for char in shown)


def test_control_characters_never_reach_a_terminal():
    hostile = "\x1b[2J\u202efdp.exe\x00"
    assert not {"\x1b", "\u202e", "\x00"} & set(clean(hostile))
    caught = CheckFailure(Text(hostile, hostile), Text("x" * 10_000, hostile))
    assert caught.summary.en.isprintable()
    assert len(caught.values.en) == 2000


def test_differs_says_where_and_how_much():
    difference = differs(torch.tensor([1.0, 2.0, 5.0]), torch.tensor([1.0, 2.5, 4.0]), 0.0, 1e-3)
    assert difference is not None
    assert (difference.count, difference.total, difference.index, difference.largest) == (2, 3, (1,), 1.0)
    assert differs(torch.ones(2), torch.ones(2), 0.0, 0.0) is None


def test_a_failure_keeps_what_it_was_told():
    caught = CheckFailure(
        Text("almost"), reason="training", fraction=0.5, outcome="forbidden", measured={"accuracy": 0.9}
    )
    assert (caught.reason, caught.fraction, caught.outcome, caught.measured) == (
        "training",
        0.5,
        "forbidden",
        {"accuracy": 0.9},
    )
    assert str(caught) == "almost"


def test_of_a_wrong_bool_it_is_said_what_it_is():
    with pytest.raises(CheckFailure) as caught:
        compare.equal(True, False, what="whether a copy came back", zh="返回的是否为副本")
    assert caught.value.summary.en == "whether a copy came back: it is True, not False."
    assert caught.value.summary.zh == "返回的是否为副本：是 True，应为 False。"


def test_a_table_of_zeros_and_ones_is_not_called_reordered():
    one, other = torch.eye(3), torch.eye(3)[[1, 0, 2]]
    with pytest.raises(CheckFailure) as caught:
        compare.same(one, other)
    assert "another order" not in caught.value.summary.en
    with pytest.raises(CheckFailure) as caught:
        compare.same(torch.tensor([1.0, 2.0, 4.0, 8.0]), torch.tensor([2.0, 1.0, 8.0, 4.0]))
    assert "another order" in caught.value.summary.en


def test_a_call_is_written_in_both_languages_and_cut_with_a_sign():
    rows = [torch.zeros(3, 2), torch.zeros(1, 2), torch.zeros(2, 2)]
    said = describe_call("batchify", (rows, torch.Generator(), view(torch.zeros(2, 2), 1)), {"pad": -1}, values=True)
    assert said.en == "batchify(list of 3 items, <Generator>, tensor([0., 0.]), pad=-1)"
    assert said.zh.startswith("batchify(含 3 项的 list")
    assert describe_call("f", ("a" * 200,), {}, values=True).en.endswith(" …)")


def test_what_came_back_is_described_in_both_languages():
    with pytest.raises(CheckFailure) as caught:
        compare.tensor([1, 2], zh="结果")
    assert caught.value.summary.zh == "结果应当是张量，却是含 2 项的 list。"
    with pytest.raises(CheckFailure) as caught:
        compare.tensor(torch.zeros(2), shape=(3,))
    assert caught.value.values.zh.startswith("得到：形状为 (2,) 的 float32 张量：[0, 0]")

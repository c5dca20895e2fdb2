import pytest
import torch
from garbage import relaxed
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.seeding import Draw, float_type

F64 = torch.float64


def everything(draw: Draw) -> list[object]:
    return [
        draw.randn(2, 3).tolist(), draw.uniform(-1, 1, 4).tolist(), draw.integers(0, 100, 5).tolist(),
        draw.size(1, 50), draw.sizes(3, 1, 50), draw.labels(8, 3).tolist(), draw.permutation(9).tolist(),
        draw.random.random(), draw.new_seed(), torch.rand(2, generator=draw.new_generator()).tolist(),
        draw.child("a").randn(2).tolist(),
    ]  # fmt: skip


@relaxed
@given(st.integers(0, 2**63 - 1))
def test_the_same_seed_gives_the_same_values(seed):
    assert everything(Draw(seed)) == everything(Draw(seed))


def test_another_seed_gives_other_values():
    assert all(one != other for one, other in zip(everything(Draw(1)), everything(Draw(2)), strict=True))


def test_these_values_are_recorded_so_that_old_results_can_be_drawn_again():
    draw = Draw(7)
    assert draw.size(1, 10**9) == 938_422_187
    assert draw.child("x").integers(0, 10**9, 2).tolist() == [598572016, 312290048]


def test_no_two_draws_come_from_one_generator():
    draw = Draw(3)
    first, second = draw.randn(4), draw.randn(4)
    assert not torch.equal(Draw(3).randn(8), torch.cat([first, second])), "who knows the first could compute the second"
    assert not torch.equal(first, second)


def test_children_do_not_depend_on_what_was_drawn_before():
    one, two = Draw(3), Draw(3)
    one.randn(100)
    one.random.random()
    assert torch.equal(one.child("a").randn(4), two.child("a").randn(4))
    assert not torch.equal(two.child("a").randn(4), two.child("b").randn(4))
    assert not torch.equal(two.child("a").randn(4), two.child("a").child("a").randn(4))


def test_every_generator_is_another_one(draw):
    values = {torch.rand(1, generator=draw.new_generator()).item() for _ in range(5)}
    assert len(values) == 5


def test_a_draw_never_prints_its_seed():
    assert "20240607" not in repr(Draw(20240607)) + str(Draw(20240607))


@relaxed
@given(st.integers(0, 10**6))
def test_ranges_hold(seed):
    draw = Draw(seed)
    assert 2 <= draw.size(2, 4) <= 4
    sizes = draw.sizes(3, 2, 5)
    assert len(set(sizes)) == 3
    assert set(sizes) <= {2, 3, 4, 5}
    assert set(draw.integers(-2, 2, 50).tolist()) <= {-2, -1, 0, 1}
    assert set(draw.labels(5, 5).tolist()) == set(range(5))
    assert sorted(draw.permutation(6).tolist()) == list(range(6))
    uniform = draw.uniform(2, 3, 20)
    assert ((uniform >= 2) & (uniform < 3)).all()


def test_both_ends_of_a_size_occur_and_the_upper_end_of_integers_does_not(draw):
    assert {draw.size(1, 3) for _ in range(100)} == {1, 2, 3}
    assert set(draw.integers(1, 3, 100).tolist()) == {1, 2}


def test_dtypes(draw):
    assert draw.randn(2).dtype == F64
    assert draw.randn(2, dtype=torch.float32).dtype == torch.float32
    assert draw.uniform(0, 1, 2).dtype == F64
    assert draw.integers(0, 3, 2).dtype == draw.labels(4, 2).dtype == draw.permutation(3).dtype == torch.int64
    assert draw.randn().shape == ()


@pytest.mark.parametrize("dtype", [F64, torch.float32, torch.int64, torch.bool, torch.complex64])
@pytest.mark.parametrize("shape", [(5,), (3, 4), (4, 1), (2, 3, 4)])
def test_noncontiguous_keeps_values_and_surrounds_them_with_garbage(draw, dtype, shape):
    tensor = draw.randn(*shape).to(dtype)
    spread = draw.noncontiguous(tensor)
    assert torch.equal(spread, tensor)
    assert spread.dtype == dtype
    assert not spread.is_contiguous()
    if dtype.is_floating_point:
        assert spread._base is not None
        assert spread._base.isnan().any()


def test_expanded_repeats_one_row_in_memory(draw):
    tensor = draw.randn(3, 4)
    wide = draw.expanded(tensor)
    assert wide.shape == (3, 4)
    assert wide.stride(0) == 0
    assert torch.equal(wide[2], tensor[0])


def test_odd_layouts_of_odd_tensors(draw):
    for tensor in (torch.tensor(1.0), torch.zeros(0, 3), torch.zeros(3, 0)):
        assert draw.noncontiguous(tensor).shape == draw.expanded(tensor).shape == tensor.shape


def test_odd_layouts_keep_requires_grad(draw):
    leaf = draw.randn(3, 4).requires_grad_()
    for tensor in (draw.noncontiguous(leaf), draw.expanded(leaf), *(draw.layout(leaf, n) for n in range(4))):
        assert tensor.requires_grad
        assert tensor.is_leaf


def test_layouts_take_turns_and_only_the_last_changes_values(draw):
    tensor = draw.randn(3, 4, 5)
    strides = [draw.layout(tensor, number).stride() for number in range(4)]
    assert strides == [(20, 5, 1), (44, 11, 2), (1, 3, 12), (0, 5, 1)]
    assert [torch.equal(draw.layout(tensor, number), tensor) for number in range(8)] == [True, True, True, False] * 2
    assert all(torch.equal(draw.layout(torch.tensor(1.0), number), torch.tensor(1.0)) for number in range(4))


def test_layouts_and_float_types_meet_in_every_pair(draw):
    pairs = {(draw.layout(torch.ones(2, 3), number).stride(), float_type(number)) for number in range(12)}
    assert len(pairs) == 8

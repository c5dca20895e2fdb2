"""Gradients: right ones pass, and those that a hostile process forges do not."""

import pytest
import torch
from garbage import GARBAGE

from autograder.checks import gradients
from autograder.checks.feedback import CheckFailure
from autograder.checks.seeding import Draw
from autograder.errors import SandboxEnded, StudentError

F64 = torch.float64


def softmax(x):
    e = (x - x.max(-1, keepdim=True).values).exp()
    return e / e.sum(-1, keepdim=True)


def reference(x):
    return torch.softmax(x, -1)


def matrix(draw: Draw) -> torch.Tensor:
    return draw.randn(*draw.sizes(2, 2, 5))


def matched(fn, draw, reference=reference, make=matrix, **how) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        gradients.match(fn, reference, make, draw, **how)
    return caught.value


class Cube(torch.autograd.Function):
    """x**3 whose backward is three times too large wherever `lies` says so of the output gradient."""

    lies = staticmethod(lambda _: False)

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @classmethod
    def backward(cls, ctx, grad):
        (x,) = ctx.saved_tensors
        return (9 if cls.lies(grad) else 3) * x**2 * grad


def cube_lying(lies):
    return type("Lying", (Cube,), {"lies": staticmethod(lies)}).apply


@pytest.mark.parametrize("order", [1, 2])
def test_a_right_function_matches(draw, order):
    gradients.match(softmax, reference, matrix, draw, order=order)


def test_float32_is_compared_with_float32s_tolerance(draw):
    gradients.match(softmax, reference, lambda draw: draw.randn(3, 5, dtype=torch.float32), draw)


def test_several_results_and_arguments_that_are_no_tensors(draw):
    def fn(x, power, y):
        return {"a": x**power, "rest": [y.sum(), (x * 0).long()]}

    gradients.match(fn, fn, lambda draw: (draw.uniform(1, 2, 3), 2, draw.randn(4)), draw)


def test_only_marked_arguments_are_differentiated(draw):
    def made(draw):
        return draw.randn(3).requires_grad_(), draw.randn(3)

    gradients.match(lambda x, t: (x - t.detach()) ** 2, lambda x, t: (x - t) ** 2, made, draw)


def test_an_expanded_and_a_noncontiguous_input_can_be_differentiated(draw):
    gradients.match(softmax, reference, lambda draw: draw.expanded(draw.randn(3, 4)), draw)
    gradients.match(softmax, reference, lambda draw: draw.noncontiguous(draw.randn(3, 4)), draw)


def test_complex_functions_match(draw):
    def fn(x):
        return x * x.conj() * x

    gradients.match(fn, fn, lambda draw: torch.complex(draw.randn(3), draw.randn(3)), draw)


def test_wrong_values_are_said_before_wrong_gradients(draw):
    caught = matched(lambda x: 2 * reference(x), draw)
    assert caught.reason == "value"


def test_right_values_with_a_wrong_gradient(draw):
    caught = matched(lambda x: reference(x) + x.sum() - x.sum().detach(), draw)
    assert caught.reason == "gradient"
    assert caught.summary.en.split(" of ")[1].startswith(("6 ", "8 ", "10 ", "12 ", "15 ", "20 "))
    assert "the gradient with respect to argument 1" in caught.summary.en


@pytest.mark.parametrize(
    "leave",
    [
        torch.Tensor.detach,
        lambda t: torch.tensor(t.tolist(), dtype=F64),
        lambda t: torch.from_numpy(t.detach().numpy()),
    ],
)
def test_a_result_that_left_autograd(draw, leave):
    caught = matched(lambda x: leave(reference(x)), draw)
    assert (caught.reason, caught.summary.en[:27]) == ("gradient", "the result has no gradient:")


def test_a_gradient_that_reaches_only_one_argument(draw):
    def made(draw):
        return draw.randn(3), draw.randn(3)

    caught = matched(lambda x, y: x * y.detach(), draw, lambda x, y: x * y, made)
    assert caught.summary.en == "the gradient with respect to argument 2 is missing: nothing flows back to it."


LIES = {
    "dense output gradients": lambda grad: int((grad != 0).sum()) > 1,
    "output gradients that are not all ones": lambda grad: bool((grad != 1).any()),
    "negative output gradients": lambda grad: bool((grad < 0).any()),
    "everything": lambda _: True,
}


@pytest.mark.parametrize("lie", LIES)
def test_a_backward_that_is_right_only_for_special_output_gradients(draw, lie):
    fn = cube_lying(LIES[lie])
    caught = matched(fn, draw, lambda x: x**3, lambda draw: draw.randn(2, 3))
    assert caught.reason == "gradient"
    assert "up to a constant factor" in caught.summary.en


def test_gradcheck_alone_is_fooled_by_a_backward_that_knows_one_hot_gradients(draw):
    gradients.gradcheck(cube_lying(LIES["dense output gradients"]), draw.randn(2, 3), fast=False)


class Suspicious:
    """A forward that answers the tiny steps of a numerical check so that they fit its wrong gradient."""

    def __init__(self):
        self.last = None

    def __call__(self, x):
        base, self.last = self.last, x.detach().clone()
        step = None if base is None or base.shape != x.shape else (x - base).abs().max().item()
        if step is not None and 0 < step < 1e-4:
            self.last = base
            return base**3 + 9 * base**2 * (x - base)
        return cube_lying(LIES["everything"])(x)


def test_a_forward_that_recognises_tiny_steps_fools_gradcheck_but_not_match(draw):
    gradients.gradcheck(Suspicious(), draw.randn(2, 3), fast=False)
    assert matched(Suspicious(), draw, lambda x: x**3, lambda draw: draw.randn(2, 3)).reason == "gradient"


def test_a_forward_that_is_wrong_only_without_gradient(draw):
    caught = matched(lambda x: reference(x) * (1 if torch.is_grad_enabled() else 2), draw)
    assert caught.reason == "value"


def test_the_order_of_calls_depends_on_the_seed():
    def order(seed):
        seen = []
        gradients.match(
            lambda x: seen.append(torch.is_grad_enabled()) or x**2, lambda x: x**2, matrix, Draw(seed), draws=4
        )
        return tuple(seen)

    assert len({order(seed) for seed in range(8)}) > 4
    assert order(3) == order(3)


def test_a_function_that_can_be_differentiated_only_once(draw):
    class Once(Cube):
        @staticmethod
        @torch.autograd.function.once_differentiable
        def backward(ctx, grad):
            return 3 * ctx.saved_tensors[0] ** 2 * grad

    def small(draw):
        return draw.randn(3)

    gradients.match(Once.apply, lambda x: x**3, small, draw)
    assert matched(Once.apply, draw, lambda x: x**3, small, order=2).reason == "gradient"


def test_a_wrong_second_derivative(draw):
    class Wrong(Cube):
        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return (3 * x.detach() ** 2 + x * 0) * grad

    caught = matched(Wrong.apply, draw, lambda x: x**3, lambda draw: draw.randn(3), order=2)
    assert "the second derivative with respect to argument 1" in caught.summary.en


# a parameter of the student's own is a result whose gradient is zero everywhere, and rightly so
NO_FUNCTION = [value for value in GARBAGE if type(value) is not torch.nn.Parameter]


@pytest.mark.parametrize("result", NO_FUNCTION, ids=[f"{n}" for n in range(len(NO_FUNCTION))])
def test_garbage_ends_in_a_check_failure(draw, result):
    for call in (
        lambda: gradients.match(lambda _: result, reference, matrix, draw, draws=1),
        lambda: gradients.match(lambda _: result[0].sum(), lambda x: x.sum(), matrix, draw, draws=1),
        lambda: gradients.gradcheck(lambda _: result, draw.randn(2, 3)),
        lambda: gradients.of(lambda _: result, draw.randn(2, 3)),
    ):
        with pytest.raises(CheckFailure):
            call()


@pytest.mark.parametrize("grad", [torch.zeros(7), None, 3.0, torch.zeros(2, 3, dtype=torch.complex128)])
def test_a_backward_that_returns_nonsense(draw, grad):
    class Odd(Cube):
        @staticmethod
        def backward(*_):
            return grad

    assert matched(Odd.apply, draw, lambda x: x**3, lambda draw: draw.randn(2, 3)).reason == "gradient"


@pytest.mark.parametrize("error", [StudentError("ValueError", "bad"), SandboxEnded("timeout", "gone")])
def test_what_the_student_raised_and_the_end_of_the_sandbox_pass_through(draw, error):
    def fn(x):
        raise error

    class Late(Cube):
        @staticmethod
        def backward(*_):
            raise error

    for call in (
        lambda: gradients.match(fn, reference, matrix, draw),
        lambda: gradients.match(Late.apply, lambda x: x**3, matrix, draw),
        lambda: gradients.gradcheck(fn, draw.randn(2)),
        lambda: gradients.gradcheck(Late.apply, draw.randn(2)),
        lambda: gradients.of(Late.apply, draw.randn(2)),
    ):
        with pytest.raises(type(error)) as caught:
            call()
        assert caught.value is error


@pytest.mark.parametrize("fast", [True, False, None])
@pytest.mark.parametrize("order", [1, 2])
def test_gradcheck_accepts_a_right_gradient(draw, fast, order):
    gradients.gradcheck(softmax, draw.randn(2, 3), fast=fast, order=order)
    gradients.gradcheck(lambda x, n: (x**n, x.argmax()), (draw.uniform(1, 2, 3), 2), fast=fast, order=order)


def test_gradcheck_refuses_a_wrong_gradient(draw):
    with pytest.raises(CheckFailure, match="does not agree with finite differences") as caught:
        gradients.gradcheck(cube_lying(LIES["everything"]), draw.randn(2, 3))
    assert caught.value.reason == "gradient"


def test_gradcheck_asks_its_author_for_float64():
    with pytest.raises(ValueError, match="float64"):
        gradients.gradcheck(softmax, torch.randn(2, 3))


def test_of_gives_the_gradients_of_every_input(draw):
    x, y, weight = draw.randn(3), draw.randn(3), draw.randn(3)
    dx, dy, dz = gradients.of(lambda x, y, _: x * y, x, y, draw.randn(2), grad_output=weight)
    assert torch.equal(dx, y * weight)
    assert torch.equal(dy, x * weight)
    assert torch.equal(dz, torch.zeros(2, dtype=F64))


def test_of_needs_a_result_with_gradient(draw):
    with pytest.raises(CheckFailure, match="has no gradient"):
        gradients.of(lambda x: x.detach(), draw.randn(3))
    with pytest.raises(CheckFailure, match="has shape"):
        gradients.of(lambda x: x[:2], draw.randn(3), grad_output=torch.ones(3))

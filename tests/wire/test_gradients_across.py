"""Gradients through the wall are, bit by bit, those of the same function in this process: generated functions."""

import pytest
import torch
from wire_alike import alike
from wire_programs import inputs, module

COUNT = 300
SOURCE = module(COUNT)
HERE: dict = {}
exec(compile(SOURCE, "programs.py", "exec"), HERE)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """As in the sandbox and in a grader process: with more, sums may be added up in another order."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [value]
    parts = value.values() if type(value) is dict else value if type(value) in (list, tuple) else ()
    return [tensor for part in parts for tensor in tensors(part)]


def plain(value):
    """The value without its graph."""
    if isinstance(value, torch.Tensor):
        return value.detach()
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    return type(value)(map(plain, value)) if type(value) in (list, tuple) else value


def weights(like, seed):
    draw = torch.Generator().manual_seed(seed)
    return [torch.randn(tensor.shape, generator=draw, dtype=tensor.dtype) for tensor in like]


def derivatives(function, number, used=slice(None)):
    """Value, gradients and second derivatives of some of its results, for drawn weights."""
    leaves, n = inputs(number)
    value = function(*leaves, n)
    results = [tensor for tensor in tensors(value)[used] if tensor.requires_grad]
    wanted = [leaf for leaf in leaves if leaf.requires_grad]
    if not results or not wanted:
        return plain(value), [], []
    once = torch.autograd.grad(results, wanted, weights(results, number), create_graph=True, allow_unused=True)
    again = [grad for grad in once if grad is not None and grad.requires_grad]
    twice = torch.autograd.grad(again, wanted, weights(again, number + 1), allow_unused=True) if again else []
    return plain(value), plain(list(once)), plain(list(twice))


def differing(found, number):
    """Names of the parts that differ."""
    parts = zip(("value", "gradient", "second derivative"), *found, strict=True)
    return [f"{part} of f{number}" for part, one, other in parts if not alike(one, other)]


@pytest.mark.parametrize("part", range(10))
def test_values_gradients_and_second_derivatives_are_bitwise_the_same(load, part):
    there, different, derived = load(SOURCE), [], [0, 0]
    for number in range(part, COUNT, 10):
        found = derivatives(HERE[f"f{number}"], number), derivatives(there[f"f{number}"], number)
        different += differing(found, number)
        derived[0] += any(grad is not None for grad in found[0][1])
        derived[1] += any(grad is not None for grad in found[0][2])
    assert different == []
    assert min(derived) >= 15, "most functions have both derivatives"


def test_results_that_are_not_used_have_no_part_in_the_gradient(load):
    there, different = load(SOURCE), []
    for number in range(0, COUNT, 3):
        found = [derivatives(f, number, slice(0, 1)) for f in (HERE[f"f{number}"], there[f"f{number}"])]
        different += differing(found, number)
    assert different == []


def test_backward_accumulates_the_same_gradients(load):
    there, different = load(SOURCE), []
    for number in range(1, COUNT, 3):
        grads = []
        for function in (HERE[f"f{number}"], there[f"f{number}"]):
            leaves, n = inputs(number)
            results = [tensor for tensor in tensors(function(*leaves, n)) if tensor.requires_grad]
            for _ in range(2):
                torch.autograd.backward(results, weights(results, number), retain_graph=True)
            grads.append([leaf.grad for leaf in leaves])
        different += [] if alike(*grads) else [f"f{number}"]
    assert different == []


COMPUTED = {
    "dense": lambda leaf: leaf * 1.5,
    "transposed": lambda leaf: leaf.t().contiguous().t(),
    "expanded": lambda leaf: leaf[:1].expand(3, 4),
    "every other column": lambda leaf: leaf.repeat_interleave(2, 1)[:, ::2],
}


@pytest.mark.parametrize("computed", COMPUTED.values(), ids=COMPUTED)
def test_inputs_that_were_computed_keep_their_layout_and_their_gradients(load, computed):
    there, different = load(SOURCE), []
    for number in range(2, COUNT, 4):
        grads = []
        for function in (HERE[f"f{number}"], there[f"f{number}"]):
            leaves, n = inputs(number)
            results = [tensor for tensor in tensors(function(*map(computed, leaves), n)) if tensor.requires_grad]
            wanted = [leaf for leaf in leaves if leaf.requires_grad]
            found = results and torch.autograd.grad(results, wanted, weights(results, number), allow_unused=True)
            grads.append(list(found))
        different += [] if alike(*grads) else [f"f{number}"]
    assert different == []


def test_an_input_that_was_computed_can_be_changed_in_place(load):
    grads = []
    for function in (load(SPECIAL).change, lambda x: x.mul_(x.detach() + 1).sum()):
        leaf = torch.arange(3.0, requires_grad=True)
        given = leaf * 2
        (grad,) = torch.autograd.grad(function(given), leaf)
        grads.append((grad, torch.autograd.functional.hessian(lambda x, f=function: f(x.square()), leaf.detach())))
    assert alike(*grads)


SPECIAL = """
import torch

def root(x):
    return x * 1.0, x.sqrt()

def unused(x, y):
    return x * 2

def linear(x, y):
    return x * 3 + y.detach()

def zeros(x):
    return x * 0.0, -x

def change(x):
    return x.mul_(x.detach() + 1).sum()
"""


def test_a_result_nobody_differentiates_adds_no_nan(load):
    x = torch.zeros(3, requires_grad=True)
    for create_graph in (False, True):
        first, _ = load(SPECIAL).root(x)
        (grad,) = torch.autograd.grad(first.sum(), x, create_graph=create_graph)
        assert grad.tolist() == [1, 1, 1]
    first, _ = load(SPECIAL).root(x)
    first.sum().backward()
    assert x.grad.tolist() == [1, 1, 1]


@pytest.mark.parametrize("create_graph", [False, True])
def test_an_input_without_influence_has_no_gradient_rather_than_zero(load, create_graph):
    x, y = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    for name in ("unused", "linear"):
        result = load(SPECIAL)[name](x, y).sum()
        dx, dy = torch.autograd.grad(result, [x, y], create_graph=create_graph, allow_unused=True)
        assert dx is not None
        assert dy is None
        result = load(SPECIAL)[name](x, y).sum()
        with pytest.raises(RuntimeError, match="not have been used"):
            torch.autograd.grad(result, [x, y], create_graph=create_graph)


def test_signed_zeros_of_gradients_stay_signed(load):
    x = torch.tensor([1.0, -1.0], requires_grad=True)
    first, second = load(SPECIAL).zeros(x)
    (grad,) = torch.autograd.grad([first, second], x, [torch.tensor([-1.0, 1.0]), torch.tensor([0.0, 0.0])])
    assert torch.signbit(grad).tolist() == [True, False]


"""
-1 * 0.0 = -0.0 and -(0.0) = -0.0 sum to -0.0; 1 * 0.0 = 0.0 and -0.0 sum to 0.0.
"""

"""What a check can do with a student's code, and that it means the same as in one process."""

import pytest
import torch
from torch.autograd.gradcheck import GradcheckError

from autograder.checks.feedback import CheckFailure
from autograder.checks.views import view
from autograder.errors import SandboxEnded, StudentError
from autograder.model.result import Outcome

TORCH = "import torch\nfrom torch import nn\n"
F64 = torch.float64


def test_values_and_exceptions_come_back(load):
    s = load("def double(x): return 2 * x\ndef fail(x): raise ValueError(f'no {x}')\n")
    assert s.double(21) == 42
    assert s.double((1, 2)) == (1, 2, 1, 2)
    with pytest.raises(ValueError, match="no 3") as caught:
        s.fail(3)
    assert isinstance(caught.value, StudentError)
    assert caught.value.kind == "ValueError"
    assert caught.value.line == 2
    assert "work.py" in caught.value.trace
    assert "autograder" not in caught.value.trace


def test_a_name_that_is_missing_says_so(load):
    s = load("x = 1\n")
    assert not s.has("softmax")
    with pytest.raises(StudentError, match="defines no 'softmax'"):
        s.softmax(1)


def test_gradients_are_bitwise_those_of_one_process(load):
    source = TORCH + "def f(x, w): return torch.tanh(x @ w).pow(3).logsumexp(0)\n"
    scope: dict = {}
    exec(source, scope)
    s = load(source)
    generator = torch.Generator().manual_seed(1)
    x, w = (torch.randn(*shape, dtype=F64, generator=generator) for shape in [(5, 3), (3, 4)])
    results = []
    for function in (s.f, scope["f"]):
        a, b = x.clone().requires_grad_(), w.clone().requires_grad_()
        out = function(a, b)
        out.backward(torch.arange(4.0, dtype=F64))
        results.append((out.detach(), a.grad, b.grad))
    assert all(torch.equal(mine, theirs) for mine, theirs in zip(*results, strict=True))


def test_gradcheck_and_double_backward_pass_for_a_right_function(load):
    s = load(TORCH + "def f(x): return torch.sin(x) * x\n")
    x = torch.linspace(0.1, 1, 4, dtype=F64, requires_grad=True)
    assert torch.autograd.gradcheck(s.f, (x,))
    assert torch.autograd.gradgradcheck(s.f, (x,))


def test_gradcheck_fails_for_a_backward_that_is_one_percent_off(load):
    s = load(
        TORCH
        + """
class Off(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, g):
        return g * 2.02 * ctx.saved_tensors[0]
def f(x): return Off.apply(x)
"""
    )
    with pytest.raises(GradcheckError):
        torch.autograd.gradcheck(s.f, (torch.rand(3, dtype=F64, requires_grad=True),))


def test_a_detached_result_carries_no_gradient(load):
    s = load("def f(x): return x.detach() * 2\n")
    assert not s.f(torch.ones(2, requires_grad=True)).requires_grad


def test_no_grad_on_the_checks_side_is_no_grad_for_the_student(load):
    s = load("import torch\ndef f(x): return torch.is_grad_enabled()\n")
    assert s.f(torch.ones(1)) is True
    with torch.no_grad():
        assert s.f(torch.ones(1)) is False


def test_the_same_tensor_passed_twice_collects_both_gradients(load):
    s = load("def f(a, b): return a * 2 + b * 3\n")
    x = torch.ones(2, requires_grad=True)
    s.f(x, x).sum().backward()
    assert x.grad.tolist() == [5, 5]


NET = TORCH + (
    "class Net(nn.Module):\n"
    "    def __init__(self, a, b):\n"
    "        super().__init__()\n"
    "        self.layer, self.size = nn.Linear(a, b, dtype=torch.float64), b\n"
    "    def forward(self, x): return self.layer(x).tanh()\n"
    "class Other: pass\n"
)


def test_a_students_module_looks_like_one(load):
    s = load(NET)
    net = s.Net(3, 2)
    assert isinstance(net, torch.nn.Module)
    assert isinstance(net, s.Net)
    assert not isinstance(net, s.Other)
    assert net.size == 2
    assert isinstance(net.layer, torch.nn.Linear)
    assert set(net.params()) == {"layer.weight", "layer.bias"}
    net.size = 7
    assert net.size == 7


def test_backward_fills_the_gradients_of_a_students_parameters_and_grad_does_not(load):
    net = load(NET).Net(3, 2)
    x = torch.randn(4, 3, dtype=F64, requires_grad=True)
    torch.autograd.grad(net(x).sum(), x)
    assert all(param.grad is None for param in net.params().values())
    net(x).sum().backward()
    assert all(param.grad is not None for param in net.params().values())


def test_gradients_reach_parameters_that_the_check_supplies(load):
    net = load(NET).Net(3, 2)
    x = torch.randn(4, 3, dtype=F64)
    weight = torch.randn(2, 3, dtype=F64, requires_grad=True)
    bias = torch.zeros(2, dtype=F64)
    assert torch.autograd.gradcheck(lambda w: net.functional({"layer.weight": w, "layer.bias": bias}, x), (weight,))


def test_parameters_that_the_check_supplies_are_parameters_to_the_student(load):
    source = NET.replace("self.layer(x).tanh()", "x @ self.get_parameter('layer.weight').T")
    net = load(source).Net(3, 2)
    x, weight = torch.randn(4, 3, dtype=F64), torch.randn(2, 3, dtype=F64, requires_grad=True)
    out = net.functional({"layer.weight": weight, "layer.bias": torch.zeros(2, dtype=F64)}, x)
    assert torch.equal(out, x @ weight.T)
    out.sum().backward()
    assert weight.grad is not None


def test_a_callback_is_differentiable_once_and_twice(load):
    s = load(
        TORCH
        + """
def grad_of(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(x).sum(), x)[0]
def hessian(f, x): return torch.autograd.functional.hessian(f, x)
"""
    )
    x = torch.arange(1.0, 4.0, dtype=F64)
    assert torch.equal(s.grad_of(lambda t: t**3, x), 3 * x**2)
    assert torch.equal(s.hessian(lambda t: (t**3).sum(), x), torch.diag(6 * x))


def test_a_callback_may_keep_its_own_parameters_without_gradient(load):
    s = load(
        "import torch\ndef g(f, x):\n    x = x.clone().requires_grad_()\n    f(x).sum().backward()\n    return x.grad\n"
    )
    captured = torch.tensor(2.0, dtype=F64, requires_grad=True)
    assert s.g(lambda t: captured * t, torch.ones(2, dtype=F64)).tolist() == [2, 2]
    assert captured.grad is not None  # backward() without inputs= fills every leaf, as in one process


def test_a_failed_assertion_inside_a_callback_reaches_the_check(load):
    s = load(
        "def use(f):\n    try:\n        return f(1)\n    except BaseException:\n        raise ValueError('hidden')\n"
    )

    def spy(value):
        assert value == 2, "the student passed one"

    with pytest.raises(AssertionError, match="the student passed one"):
        s.use(spy)


def test_a_callback_may_call_the_submission_again(load):
    s = load("def twice(x): return 2 * x\ndef through(f, x): return f(x) + 1\n")
    assert s.through(s.twice, 5) == 11


def test_build_makes_things_beside_the_students_code(load):
    s = load("import torch\ndef jac(f, x): return torch.func.jacrev(f)(x)\ndef one(): return 1\n")
    f = s.build("lambda x: x**3")
    assert torch.equal(s.jac(f, torch.arange(3.0)), torch.diag(3 * torch.arange(3.0) ** 2))
    assert s.build("a = student.one()\nb = a + c\nb", c=4) == 5
    loader = s.build("torch.utils.data.DataLoader(torch.arange(5), batch_size=2)")
    assert [batch.tolist() for batch in loader] == [[0, 1], [2, 3], [4]]


def test_iterators_are_read_lazily(load):
    s = load("def numbers():\n    yield 1\n    yield 2\n    raise RuntimeError('too far')\n")
    iterator = iter(s.numbers())
    assert (next(iterator), next(iterator)) == (1, 2)
    with pytest.raises(RuntimeError, match="too far"):
        next(iterator)


def test_a_generator_crosses_with_its_state(load):
    s = load("import torch\ndef draw(g): return torch.rand(3, generator=g)\n")
    assert torch.equal(
        s.draw(torch.Generator().manual_seed(5)), torch.rand(3, generator=torch.Generator().manual_seed(5))
    )


def test_observe_tells_in_place_from_copy(load):
    s = load("import torch\ndef fill(z, x): return z.copy_(x)\ndef copy(z, x): return x.clone()\n")
    z, x = torch.zeros(3), torch.ones(3)
    seen = s.observe("fill", z, x)
    assert (seen.same_as, seen.shares, seen.moved) == (0, (0,), ())
    assert seen.args[0].tolist() == [1, 1, 1]
    assert z.tolist() == [0, 0, 0]  # the check's own tensor is never touched
    seen = s.observe("copy", z, x)
    assert (seen.same_as, seen.shares) == (None, ())


def test_a_view_argument_brings_its_base_back(load):
    s = load("def fill(z): return z.fill_(7)\n")
    seen = s.observe("fill", view(torch.zeros(2, 2), 1))
    assert seen.args[0].tolist() == [[0, 0], [7, 7]]


def test_observe_shows_what_happened_to_a_list(load):
    s = load("def grow(xs):\n    xs.append(1)\n    return len(xs)\n")
    assert s.observe("grow", [5]).args[0] == [5, 1]


def test_observe_shows_what_happened_to_a_dict(load):
    s = load("def count(seen, word):\n    seen[word] = seen.get(word, 0) + 1\n    return seen\n")
    seen = s.observe("count", {"a": 1}, "a")
    assert (seen.args[0], seen.same_as) == ({"a": 2}, 0)
    assert s.observe("count", seen={"a": 1}, word="b").kwargs["seen"] == {"a": 1, "b": 1}


def test_observe_steps_aside_for_derivatives_of_functions(load):
    s = load(
        TORCH
        + "def slope(x):\n    y = x * x\n    return y + torch.func.hessian(lambda z: (z**3).sum())(x.detach()).sum(0)\n"
    )
    seen = s.observe("slope", torch.tensor([1.0, 2.0], requires_grad=True))
    assert seen.result.tolist() == [7.0, 16.0]
    assert seen.saved == 4  # of `x * x`: both factors
    assert s.observe("slope", torch.ones(3)).result.tolist() == [7.0] * 3


def test_observe_counts_operations_and_sizes(load):
    s = load("import torch\ndef soft(x): return torch.softmax(x, -1)\ndef outer(a): return a[:, None] * a\n")
    assert "aten::_softmax" in s.observe("soft", torch.zeros(2, 3)).ops
    assert s.observe("outer", torch.zeros(10)).largest == 100


def test_subclasses_of_plain_types_cross_as_their_plain_base(load):
    s = load(
        """
import torch
class Liar(float):
    def __eq__(self, other): return True
class Lying(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None): return True
def number(): return Liar(1.0)
def tensor(): return torch.ones(2).as_subclass(Lying)
class Equal:
    def __eq__(self, other): return True
def thing(): return Equal()
"""
    )
    assert type(s.number()) is float
    assert s.number() != 2.0
    assert type(s.tensor()) is torch.Tensor
    assert s.thing() != 5


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("while True: pass", Outcome.CPU),
        ("import time; time.sleep(60)", Outcome.TIMEOUT),
        ("import os; os._exit(0)", Outcome.CRASH),
        ("import ctypes; ctypes.string_at(0)", Outcome.CRASH),
        ("while True: print('x' * 1000)", Outcome.OUTPUT),
    ],
    ids=["endless loop", "sleep", "early exit", "segfault", "output flood"],
)
def test_each_end_of_a_sandbox_has_its_own_outcome(start, body, outcome):
    host, s = start(f"def f():\n    {body}\n", output_kb=64)
    host.begin(0.4, 1.5 if outcome is Outcome.TIMEOUT else 15)  # a busy machine gives little CPU in much time
    with pytest.raises(SandboxEnded) as caught:
        s.f()
    assert caught.value.outcome == outcome
    with pytest.raises(SandboxEnded):  # it stays ended
        s.f()


def test_sys_exit_is_only_an_exception(load):
    s = load("import sys\ndef f(): sys.exit(0)\ndef g(): return 1\n")
    with pytest.raises(StudentError, match="SystemExit"):
        s.f()
    assert s.g() == 1


def test_a_forged_reply_ends_the_sandbox_and_is_kept_for_a_person(start):
    host, s = start(
        """
import gc, socket
def forge():
    for thing in gc.get_objects():
        if isinstance(thing, socket.socket):
            thing.sendall(b"forged frame" * 10)
"""
    )
    with pytest.raises(SandboxEnded, match="broke the protocol"):
        s.forge()
    assert host.violations


def test_messages_of_students_hold_no_control_characters(load):
    s = load("def f(): raise ValueError('\\x1b[2J\\u202egood')\n")
    with pytest.raises(ValueError, match="good") as caught:
        s.f()
    assert "\x1b" not in str(caught.value)
    assert "\u202e" not in str(caught.value)


YES = """
class Yes:
    seen = []
    def _self(self, *others): Yes.seen += others; return self
    def _yes(self, *others): Yes.seen += others; return True
    __sub__ = __rsub__ = __abs__ = _self
    __lt__ = __gt__ = __eq__ = _yes
    __hash__ = object.__hash__
def f(x): return Yes()
def seen(): return [str(each) for each in Yes.seen]
"""


@pytest.mark.parametrize("want", [0.25, torch.full((2,), 0.25)], ids=["number", "tensor"])
@pytest.mark.parametrize(
    "judge",
    [
        lambda got, want: abs(got - want) < 1e-6,
        lambda got, want: abs(want - got) < 1e-6,
        lambda got, want: got < want,
        lambda got, want: want < got,
        lambda got, want: got + want,
    ],
)
def test_an_object_of_the_students_neither_judges_nor_sees_an_expected_value(load, judge, want):
    s = load(YES)
    with pytest.raises(CheckFailure, match="a number or a tensor is needed"):
        judge(s.f(1), want)
    assert s.f(1) != want
    assert s.seen() == []

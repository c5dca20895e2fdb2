import subprocess
import sys
from types import SimpleNamespace

import pytest

from autograder.checks import source_rules
from autograder.checks.feedback import CheckFailure

NAMES = {"torch.softmax", "F.softmax", "nn.Softmax", "F.cross_entropy"}

CAUGHT = {
    "plainly": "import torch\ndef f(x): return torch.softmax(x, -1)",
    "another name for torch": "import torch as t\ndef f(x): return t.softmax(x, -1)",
    "another name for functional": "from torch.nn import functional as G\ndef f(x): return G.softmax(x, -1)",
    "the usual short form": "import torch.nn.functional as F\ndef f(x): return F.cross_entropy(x, x)",
    "the whole path": "import torch.nn.functional\ndef f(x): return torch.nn.functional.softmax(x, -1)",
    "from torch": "from torch import softmax as s\ndef f(x): return s(x, -1)",
    "everything from torch": "from torch import *\ndef f(x): return softmax(x, -1)",
    "a method": "def f(x): return x.softmax(-1)",
    "a method of a result": "def f(x): return (x + 1).T.softmax(-1)",
    "a method of the class": "import torch\ndef f(x): return torch.Tensor.softmax(x, -1)",
    "the class by name": "from torch import Tensor\ndef f(x): return Tensor.softmax(x, -1)",
    "getattr": "import torch\ndef f(x): return getattr(torch, 'softmax')(x, -1)",
    "getattr of parts": "import torch\ndef f(x): return getattr(torch, 'soft' + 'max')(x, -1)",
    "getattr of a tensor": "def f(x): return getattr(x, 'softmax')(-1)",
    "getattr under another name": "import torch\ng = getattr\ndef f(x): return g(torch, 'softmax')(x, -1)",
    "getattr with a variable": "import torch\nn = ''.join(['soft', 'max'])\ndef f(x): return getattr(torch, n)(x)",
    "import_module": "import importlib\ndef f(x): return importlib.import_module('torch').softmax(x, -1)",
    "import_module by name": "from importlib import import_module as i\n"
    "def f(x): return i('torch.nn').functional.softmax(x)",
    "__import__": "def f(x): return __import__('torch').softmax(x, -1)",
    "__import__ of something computed": "def f(x, m): return __import__(m)",
    "a variable": "import torch\ndef f(x):\n    s = torch.softmax\n    return s(x, -1)",
    "a variable of the module": "import torch\ns = torch.softmax\ndef f(x): return s(x, -1)",
    "a variable of a variable": "import torch\nt = torch\ns = t.softmax\nr = s\ndef f(x): return r(x, -1)",
    "a tuple": "import torch\na, b = torch.exp, torch.softmax\ndef f(x): return b(x, -1)",
    "a default": "import torch\ndef f(x, s=torch.softmax): return s(x, -1)",
    "a walrus": "import torch\ndef f(x): return (s := torch.softmax)(x, -1)",
    "a list": "import torch\nOPS = [torch.softmax]\ndef f(x): return OPS[0](x, -1)",
    "a lambda": "import torch\ns = lambda x: torch.softmax(x, -1)\ndef f(x): return s(x)",
    "partial": "import torch, functools\ns = functools.partial(torch.softmax, dim=-1)\ndef f(x): return s(x)",
    "a function it calls": "import torch\ndef f(x): return g(x)\ndef g(x): return h(x)\n"
    "def h(x): return torch.softmax(x, -1)",
    "a class it makes": "from torch import nn\nclass M:\n    def go(self, x): return nn.Softmax(-1)(x)\n"
    "def f(x): return M().go(x)",
    "an import inside": "def f(x):\n    from torch.nn.functional import softmax\n    return softmax(x, -1)",
    "an import under if": "if True:\n    from torch import softmax as s\ndef f(x): return s(x, -1)",
    "a definition under try": "import torch\ntry:\n    def f(x): return torch.softmax(x, -1)\nexcept ValueError: pass",
    "eval": "def f(x): return eval('torch.' + 'softmax')(x, -1)",
    "exec": "def f(x):\n    exec('import torch')",
    "vars": "import torch\ndef f(x): return vars(torch)['soft' + 'max'](x, -1)",
    "__dict__": "import torch\ndef f(x): return torch.__dict__['soft' + 'max'](x, -1)",
    "sys.modules": "import sys\ndef f(x): return sys.modules['torch'].nn.functional.cross_entropy(x, x)",
    "attrgetter": "from operator import attrgetter as a\ndef f(x): return a('softmax')(x)(-1)",
    "torch in a module of torch": "import torch.nn.functional as F\ndef f(x): return F.torch.softmax(x, -1)",
    "the operators behind it": "import torch\ndef f(x): return torch.ops.aten._softmax.default(x, -1, False)",
    "a private twin": "import torch\ndef f(x): return torch._softmax(x, -1, False)",
    "the C module": "import torch\ndef f(x): return torch._C._nn.cross_entropy(x, x)",
    "another package's": "import scipy.special as sp\ndef f(x): return sp.softmax(x)",
    "no definition of that name": "import torch\nglobals()['f'] = lambda x: torch.softmax(x, -1)",
    "a decorated function": "import torch\ndef d(g): return lambda x: torch.softmax(x, -1)\n@d\ndef f(x): return x",
}  # fmt: skip
FREE = {
    "from scratch": "import torch\ndef f(x):\n    e = torch.exp(x - x.amax(-1, keepdim=True))\n"
    "    return e / e.sum(-1, keepdim=True)",
    "one's own function of that name": "def softmax(x): return x\ndef f(x): return softmax(x)",
    "one's own method of that name": "class M:\n    def softmax(self, x): return x\n"
    "    def f(self, x): return self.softmax(x)\ndef f(x): return M().f(x)",
    "the name in a string": "def f(x):\n    'like torch.softmax'\n    return x  # torch.softmax",
    "an invalid escape in a string": "def f(x): return '\\d'",
    "used elsewhere": "import torch\ndef f(x): return x\ndef plot(x): return torch.softmax(x, -1)",
    "imported but not used in it": "from torch import softmax\ndef f(x): return x",
    "getattr of oneself": "class M:\n    def go(self, n): return getattr(self, n)\ndef f(x): return M().go('a')",
    "a longer name": "import torch\ndef f(x): return torch.softmax_of_mine(x)",
    "Chinese names": "def f(数据): return 数据",
}  # fmt: skip


def failure(call, *args, **kwargs) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        call(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize("case", CAUGHT)
def test_a_forbidden_name_is_found_however_it_is_spelled(case):
    caught = failure(source_rules.forbid_names, CAUGHT[case], NAMES, within="f")
    assert (caught.reason, caught.outcome) == ("forbidden", "forbidden")
    assert caught.summary.en.startswith("line ")
    assert caught.summary.zh.startswith("第 ")


@pytest.mark.parametrize("case", FREE)
def test_these_are_allowed(case):
    source_rules.forbid_names(FREE[case], NAMES, within="f")


def test_without_within_the_whole_file_counts():
    assert "line 3 uses torch.softmax" in failure(source_rules.forbid_names, FREE["used elsewhere"], NAMES).summary.en


@pytest.mark.parametrize("body", ["return A @ x", "A @= x", "return [row @ x for row in A]"])
def test_the_operator_of_a_matrix_product_is_found(body):
    source = f"import torch\n@torch.no_grad()\ndef f(A, x):\n    {body}\ndef g(A, x): return (A * x).sum()"
    with pytest.raises(CheckFailure, match="line 4 uses @, which"):
        source_rules.forbid_names(source, {"@"}, within="f")
    source_rules.forbid_names(source, {"@"}, within="g")


def test_the_message_names_the_line_and_the_name():
    source = "import torch\n\n\ndef f(x):\n    y = x\n    return torch.nn.functional.softmax(y, -1)\n"
    assert failure(source_rules.forbid_names, source, NAMES).summary.en == (
        "line 6 uses torch.nn.functional.softmax, which this task asks you to do without: write that step yourself."
    )


def test_only_one_method_of_a_class_can_be_looked_at():
    source = (
        "import torch\nclass N:\n    def a(self, x): return self.c(x)\n"
        "    def b(self, x): return torch.softmax(x, 0)\n    def c(self, x): return x\n"
    )
    source_rules.forbid_names(source, NAMES, within="N.a")
    for place in ("N.b", "N"):
        assert failure(source_rules.forbid_names, source, NAMES, within=place).reason == "forbidden"
    calls = source.replace("self.c(x)", "self.b(x)")
    assert failure(source_rules.forbid_names, calls, NAMES, within="N.a").reason == "forbidden"


@pytest.mark.parametrize(
    ("name", "source"),
    [(".mean", "def f(x): return x.mean()"), ("torch.fft.*", "import torch\ndef f(x): return torch.fft.rfft(x)"),
     ("sum", "def f(x): return sum(x)"), ("np.dot", "import numpy\ndef f(x): return numpy.dot(x, x)"),
     ("numpy.dot", "import numpy as np\ndef f(x): return np.dot(x, x)"),
     ("torch.Tensor.mean", "def f(x): return x.mean()")],
)  # fmt: skip
def test_ways_to_write_a_forbidden_name(name, source):
    assert failure(source_rules.forbid_names, source, {name}, within="f").reason == "forbidden"


@pytest.mark.parametrize(
    "source",
    ["import torch.optim", "import torch.optim as o", "from torch import optim", "from torch.optim import SGD",
     "from torch.optim.sgd import SGD", "import torch\no = torch.optim.SGD([])", "import torch\nt = torch\no = t.optim",
     "import importlib\nm = importlib.import_module('torch.optim')", "m = __import__('torch.optim').optim",
     "name = 'x'\nm = __import__(name)", "exec('import torch.optim')", "def f():\n    import torch.optim.adam"],
)  # fmt: skip
def test_a_forbidden_import_is_found(source):
    assert failure(source_rules.forbid_imports, source, {"torch.optim"}).outcome == "forbidden"


@pytest.mark.parametrize(
    "source", ["import torch", "from torch import nn", "import torch.optimistic", "x = 'torch.optim'"]
)
def test_other_imports_are_free(source):
    source_rules.forbid_imports(source, {"torch.optim"})


# written as expressions, so that they can be handed to another process
HOSTILE = {
    "no Python": "'def f(:\\n  pass'",
    "a null byte": "'x = 1' + chr(0)",
    "too large": "'x = 1;' * 20_000",
    "half a character": "'x = ' + chr(0xd800)",
    "deep brackets": "'x = ' + '(' * 49_000 + ')' * 49_000",
    "open brackets": "'x = ' + '[' * 10_000",
    "a long sum": "'x = ' + '+'.join(['1'] * 49_000)",
    "many minus signs": "'x = ' + '-' * 99_000 + '1'",
    "a long chain": "'x = a' + '.a' * 49_000",
    "many calls": "'x = f' + '()' * 49_000",
    "many aliases": "'\\n'.join(f'a{n} = a{n + 1}.b' for n in range(6_000))",
    "deep blocks": "''.join(' ' * n + 'if 1:\\n' for n in range(99)) + ' ' * 99 + 'pass'",
    "a huge number": "'x = ' + '9' * 99_000",
    "bytes": "b'x = 1'",
    "nothing": "None",
}
READ = """
import sys
from autograder.checks import feedback, source_rules
try:
    source_rules.forbid_names(eval(sys.argv[1]), {"torch.softmax"}, within="f")
    print("read")
except feedback.CheckFailure as failure:
    print(failure.reason)
"""


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_source_is_read_or_refused_but_never_kills(case):
    """In a process of its own: a parser that overflows the stack would take the test run with it."""
    run = subprocess.run(
        [sys.executable, "-c", READ, HOSTILE[case]], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() in ("read", "source")


def test_a_file_that_is_no_python_says_where():
    caught = failure(source_rules.forbid_names, "x = 1\ndef f(:\n", NAMES)
    assert (caught.reason, caught.outcome) == ("source", "failed")
    assert caught.summary.en == "your file can't be read: it is not valid Python (line 2)."


def seen(**ops):
    return SimpleNamespace(ops={f"aten::{name}": count for name, count in ops.items()})


def test_a_forbidden_operation_is_found_in_every_overload():
    assert failure(source_rules.forbid_ops, seen(exp=1, _softmax=1), {"aten::_softmax"}).outcome == "forbidden"
    assert (
        failure(source_rules.forbid_ops, SimpleNamespace(ops={"aten::add_.Tensor": 1}), {"aten::add"}).reason
        == "forbidden"
    )
    assert "torch's own aten::mm" in failure(source_rules.forbid_ops, seen(mm=2), {"mm"}).summary.en


def test_operations_that_did_not_run_are_free():
    source_rules.forbid_ops(seen(exp=1, _log_softmax=1, _softmax=0), {"aten::_softmax"})


@pytest.mark.parametrize("ops", [None, 3, "aten::_softmax", {1: 1}, {"aten::_softmax": None}, {"aten::_softmax": "1"}])
def test_strange_claims_are_no_operations(ops):
    source_rules.forbid_ops(SimpleNamespace(ops=ops), {"aten::_softmax"})
    source_rules.forbid_ops(ops, {"aten::_softmax"})


def test_a_vectorised_function_runs_as_many_operations_for_more_elements():
    source_rules.vectorised(6, 6)
    source_rules.vectorised(6, 5)
    source_rules.vectorised(6, 8, slack=2)
    assert "from 18 to 34" in failure(source_rules.vectorised, 18, 34).summary.en


@pytest.mark.parametrize("counts", [(None, 3), (3, "3"), (True, True), (-5, -5), (3.0, 3.0), (1, 10**5000)])
def test_a_strange_count_is_not_vectorised(counts):
    assert failure(source_rules.vectorised, *counts).reason == "vectorised"

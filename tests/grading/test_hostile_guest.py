"""A submission that takes over its sandbox and speaks the wire itself: whatever it sends costs the student the check,
and nothing else happens. Never our own fault, never a point, never a long text, never an exception, never a hang."""

import gc
import json
import os
from pathlib import Path

import pytest

from autograder.model.plain import to_plain
from autograder.model.result import Outcome
from autograder.model.submission import SubmittedFile
from autograder.sandbox import host, intake

FORGER = Path(__file__).with_name("forger.py").read_text(encoding="utf-8")
CRASH, FAILED, MEMORY, TIMEOUT, CPU = Outcome.CRASH, Outcome.FAILED, Outcome.MEMORY, Outcome.TIMEOUT, Outcome.CPU
HEAD = "import copy\nfrom autograder.checks import gradients\n"

# What a check does with a submission
VALUE = "compare.equal(submission.f(1), 2)"
TENSOR = "compare.same(submission.f(torch.ones(3, requires_grad=True)), torch.full((3,), 2.0))"
BACKWARD = "submission.f(torch.ones(3, requires_grad=True)).sum().backward()\n    compare.equal(1, 2)"
MATCH = "gradients.match(submission.f, lambda x: x**2, lambda d: d.randn(3), draw)"
GRADCHECK = "gradients.gradcheck(submission.f, draw.randn(3))\n    compare.equal(1, 2)"
CALLBACK = "compare.same(submission.f(lambda t: (t**3).sum(), torch.ones(2)), torch.ones(2))"
OBSERVE = (
    "seen = submission.observe('f', torch.ones(2))\n    text = f'{seen.largest} {seen.op_count} {seen.leaves[0]}'\n"
    "    compare.require(False, text, text)\n    compare.same(seen.args[0], 2)"
)
MODULE = (
    "net = compare.is_type(submission.f(), torch.nn.Module)\n    compare.same(net.params(), {'weight': torch.ones(2)})"
)
ITEMS = "compare.equal(list(submission.f(1)), [1])"
AGAIN = "compare.equal(submission.g(submission.f(1)), 2)"
SUM = "compare.equal(sum(submission.f(n) for n in range(3)), 2)"
MAP = "compare.require(all(map(submission.f, range(3))), 'e', 'z')"
KEEP = "kept = [submission.f(1) for _ in range(8)]\n    compare.equal(len(kept), 9)"
LENGTH = "compare.equal(len(submission.f(1)), 2)"
SETS = "compare.equal(submission.f(1), {1, 2})"
DICTS = "compare.equal(submission.f(1), {1: 2})"
MASK = "compare.equal(int(compare.tensor(submission.f(1), dtype=torch.bool).sum()), 257)"
INTEGERS = "compare.same(submission.f(1), torch.arange(3))"
ASSERT = "got = submission.f(1)\n    assert got == 2, got"
WRITTEN = "compare.require(False, f'{submission.f(1)}', 'z')"
RECORD = "record_property('r', submission.f(1))\n    compare.equal(1, 2)"
NESTED = "\n    def again(n):\n        return submission.f(again, n)\n    compare.equal(submission.f(again, 1), 2)"

ANSWER = "def attack(number, request): reply(number, {})\n".format
RAISE = "def attack(number, request): error(number, {})\n".format
OBJECT = "def attack(number, request): return False\nclass Thing: pass\ndef f(*args): return Thing()\n"
CALL = "def attack(number, request):\n    if b'call' not in request: return False\n    "
GRADS = (  # a right-looking result whose gradient is {}
    "def attack(number, request):\n    if b'backward' in request: return reply(number, {})\n"
    "    if b'call' not in request: return False\n    reply(number, tensor(1, (3,), 0, 1), [bytes(24)], integer(1))\n"
).format
FLOATS = "def attack(number, request): reply(number, tensor({}, (3,)), [bytes({})])\n".format

CASES = {
    # errors
    "a line of 4000 digits": (VALUE, RAISE("line=integer(LARGEST)"), FAILED),
    "a line that is far too large": (VALUE, "I = u32(4096) + bytes(4095) + b'A'\n" + RAISE("line=b'I' + I"), CRASH),
    "a negative line": (VALUE, RAISE("line=integer(-5)"), FAILED),
    "a line that is a bool": (VALUE, RAISE("line=TRUE"), CRASH),
    "a message of 3 MB": (VALUE, RAISE("message='x' * 3_000_000, trace='y' * 3_000_000"), FAILED),
    "a class name of 3 MB": (VALUE, RAISE("kind='x' * 3_000_000"), FAILED),
    "control characters": (VALUE, RAISE("kind='\\x1b[2J\\0', message='\\u202e\\0\\x07'"), FAILED),
    "class names that are lists": (
        VALUE,
        "R = listed(text('a'), text('b'), text('c'), listed(NONE, listed()), integer(1))\n"
        "def attack(number, request): frame(4, number, R)",
        FAILED,
    ),
    "a report that is none": (VALUE, "def attack(number, request): frame(4, number, NONE)", CRASH),
    "StopIteration in a sum": (SUM, RAISE("kind='StopIteration', names=['StopIteration']"), FAILED),
    "StopIteration in a map": (MAP, RAISE("kind='StopIteration', names=['StopIteration']"), FAILED),
    "StopIteration without forging": (
        SUM,
        "def attack(number, request): return False\ndef f(x): return next(iter(()))\n",
        FAILED,
    ),
    # values
    "an integer of 4000 digits": (VALUE, ANSWER("integer(LARGEST)"), FAILED),
    "that integer in a message": (WRITTEN, ANSWER("integer(LARGEST)"), FAILED),
    "that integer as an argument": (AGAIN, ANSWER("integer(-LARGEST)"), FAILED),
    "that integer in an assert": (ASSERT, ANSWER("integer(LARGEST)"), FAILED),
    "that integer recorded": (RECORD, ANSWER("integer(LARGEST)"), FAILED),
    "nan recorded": (RECORD, ANSWER("b'f' + struct.pack('<d', float('nan'))"), FAILED),
    "an integer too large to write": (VALUE, "I = u32(4096) + bytes(4095) + b'A'\n" + ANSWER("b'I' + I"), CRASH),
    "text that grows on its way back": (AGAIN, ANSWER("text(b'\\xff' * 4_000_000)"), FAILED),
    "lone surrogates and NULs": (ASSERT, ANSWER("text(b'\\xed\\xa0\\x80\\0\\x1b')"), FAILED),
    "text of 4 MB in an assert": (ASSERT, ANSWER("text('ab\\n' * 1_400_000)"), FAILED),
    "depth 60": (AGAIN, ANSWER("(b't' + u32(1)) * 60 + integer(1)"), FAILED),
    "depth 70": (VALUE, ANSWER("(b't' + u32(1)) * 70 + integer(1)"), CRASH),
    "a million empty sets": (VALUE, ANSWER("b'l' + u32(10**6) + (b'S' + u32(0)) * 10**6"), CRASH),
    "members that collide": (
        SETS,
        "M = b'S' + u32(60_000) + b''.join(b'I' + u32(16) + (P * n).to_bytes(16, 'little') for n in range(60_000))\n"
        + ANSWER("M"),
        (TIMEOUT, CPU),
    ),
    "keys that are nan": (DICTS, ANSWER("b'd' + u32(1) + b'f' + struct.pack('<d', float('nan')) + NONE"), FAILED),
    "unhashable members": (SETS, ANSWER("b'S' + u32(1) + listed()"), CRASH),
    "a million handles": (KEEP, ANSWER("b'l' + u32(300_000) + handle('x') * 300_000"), CRASH),
    "bools that are neither": (MASK, ANSWER("tensor(9, (3,)), [b'\\0\\2\\xff']"), FAILED),
    "unsigned integers": (INTEGERS, FLOATS(14, 24), FAILED),
    "complex numbers": (TENSOR, FLOATS(11, 48), FAILED),
    "empty and enormous": (TENSOR, ANSWER("tensor(1, (0, 2**40)), [b'']"), FAILED),
    "a device that is none": (VALUE, ANSWER("b'V' + text('cuda:²')[1:]"), CRASH),
    "300 MB": (VALUE, "S = 300 << 20\n" + ANSWER("tensor(8, (S,)), [bytes(S)]"), Outcome.MESSAGE),
    "40 MB eight times": (KEEP, "Z = bytes(40 << 20)\n" + ANSWER("tensor(8, (40 << 20,)), [Z]"), MEMORY),
    "40 MB of bools eight times": (KEEP, "Z = bytes(40 << 20)\n" + ANSWER("tensor(9, (40 << 20,)), [Z]"), MEMORY),
    # gradients
    "no tape": (BACKWARD, ANSWER("tensor(0, (3,), 0, 1), [bytes(12)]"), CRASH),
    "an enormous tape": (BACKWARD, ANSWER("tensor(0, (3,), 0, 1), [bytes(12)], integer(LARGEST)"), CRASH),
    "a negative tape": (MATCH, ANSWER("tensor(1, (3,), 0, 1), [bytes(24)], integer(-1)"), CRASH),
    "no gradients": (MATCH, GRADS("listed()"), CRASH),
    "gradients that are numbers": (MATCH, GRADS("listed(integer(1))"), CRASH),
    "a gradient of another shape": (MATCH, GRADS("listed(tensor(1, (), 0)), [bytes(8)]"), CRASH),
    "a complex gradient": (MATCH, GRADS("listed(tensor(11, (3,), 0)), [bytes(48)]"), CRASH),
    "a gradient of bools": (BACKWARD, GRADS("listed(tensor(9, (3,), 0)), [bytes(3)]"), CRASH),
    "a gradient that is a parameter": (MATCH, GRADS("listed(tensor(1, (3,), 0, 7) + NONE), [bytes(24)]"), FAILED),
    "a result too large for gradcheck": (
        GRADCHECK,
        "Z = bytes(8 << 20)\n" + ANSWER("tensor(1, (1 << 20,), 0, 1), [Z], integer(1)"),
        FAILED,
    ),
    # objects
    "a length below zero": (
        LENGTH,
        "def attack(number, request):\n    if b'len' in request: return reply(number, integer(-1))\n"
        "    reply(number, handle('object'))\n",
        CRASH,
    ),
    "a length beyond all bounds": (
        LENGTH,
        "def attack(number, request):\n    if b'len' in request: return reply(number, integer(LARGEST))\n"
        "    reply(number, handle('object'))\n",
        CRASH,
    ),
    "a kind of object that is none": (VALUE, ANSWER("handle('x' * 10**6)"), CRASH),
    "an object without classes": (VALUE, ANSWER("handle('object')"), FAILED),
    "a module that is none": (MODULE, ANSWER("handle('module', 'torch.nn.modules.module.Module')"), CRASH),
    "parameters without names": (
        MODULE,
        "def attack(number, request):\n    if b'params' in request: return reply(number, b'd' + u32(1) + NONE + NONE)\n"
        "    reply(number, handle('module', 'torch.nn.modules.module.Module'))\n",
        CRASH,
    ),
    "parameters whose gradient is text": (
        MODULE,
        "def attack(number, request):\n    weight = tensor(0, (2,), 0, 6) + text('x')\n"
        "    if b'params' in request: return reply(number, table(weight=weight), [bytes(8)])\n"
        "    reply(number, handle('module', 'torch.nn.modules.module.Module'))\n",
        CRASH,
    ),
    "items that never end": (
        ITEMS,
        "def attack(number, request):\n    if b'len' in request: return reply(number, integer(3))\n"
        "    if b'following' in request: return reply(number, pair(listed(), FALSE))\n"
        "    reply(number, handle('object'))\n",
        TIMEOUT,
    ),
    "arguments that vanished": (OBSERVE, ANSWER("observation(args=pair())"), CRASH),
    "claims of 4000 digits": (OBSERVE, ANSWER("observation(largest=integer(LARGEST))"), CRASH),
    "operations without names": (OBSERVE, ANSWER("observation(ops=b'd' + u32(1) + NONE + integer(1))"), CRASH),
    # requests
    "an operation of the guest's": (CALLBACK, CALL + "ask('build', text('1'), table())", CRASH),
    "odd callback arguments": (CALLBACK, CALL + "ask('callback', integer(1), listed(), NONE)", CRASH),
    "a callback number that is a list": (
        CALLBACK,
        CALL + "ask('callback', listed(), pair(), table())\n    guest.channel.receive()\n    reply(number, NONE)",
        FAILED,
    ),
    "backward through a tape that is none": (
        CALLBACK,
        CALL + "ask('backward', integer(7), TRUE, listed())\n    guest.channel.receive()\n    reply(number, NONE)",
        FAILED,
    ),
    "backward_graph with a list for a tape": (
        CALLBACK,
        CALL + "ask('backward_graph', listed(), NONE)\n    guest.channel.receive()\n    reply(number, NONE)",
        FAILED,
    ),
    "backward with gradients of another shape": (
        CALLBACK,
        CALL + "ask('callback', integer(1), pair(tensor(0, (2,), 0, 1)), table(), flags=1, buffers=[bytes(8)])\n"
        "    guest.channel.receive()\n"
        "    ask('backward', integer(1), TRUE, listed(tensor(0, (5, 5), 0)), buffers=[bytes(100)])\n"
        "    guest.channel.receive()\n    reply(number, NONE)",
        FAILED,
    ),
    "callbacks that never end": (
        CALLBACK,
        CALL + "while True: ask('callback', integer(1), pair(), table()); guest.channel.receive()",
        (TIMEOUT, CPU),
    ),
    "callbacks whose answers nobody reads": (
        CALLBACK,
        CALL + "while True: ask('callback', integer(1), pair(), table())",
        (TIMEOUT, CPU),
    ),
    "callbacks in callbacks": (
        NESTED,
        "def attack(number, request): return False\ndef f(again, n): return again(n)\n",
        (CRASH, FAILED),
    ),
    # frames
    "no frame": (VALUE, "def attack(number, request): sock.sendall(b'x' * 100)", CRASH),
    "a reply to another request": (VALUE, ANSWER("integer(2)").replace("number, i", "number + 1, i"), CRASH),
    "a second hello": (VALUE, "def attack(number, request): frame(1, number, NONE)", CRASH),
    "more than was announced": (VALUE, "def attack(number, request): frame(3, number, pair(NONE, NONE) + NONE)", CRASH),
    "a buffer nobody names": (VALUE, ANSWER("integer(2), [bytes(9)]"), CRASH),
    "bytes that drip": (
        VALUE,
        "import time\ndef attack(number, request):\n"
        "    sock.sendall(struct.pack('<2sBBIIIQ', b'AG', 3, 0, number, 1 << 20, 0, 0))\n"
        "    while True: sock.sendall(b'N'); time.sleep(0.005)\n",
        (TIMEOUT, CPU),
    ),
    "a channel closed early": (VALUE, "import time\ndef attack(number, request): sock.close(); time.sleep(60)", CRASH),
    "a channel shut down": (VALUE, "import time\ndef attack(number, request): sock.shutdown(2); time.sleep(60)", CRASH),
    "half a frame, then nothing": (
        VALUE,
        "import time\ndef attack(number, request): sock.sendall(b'AG\\3'); time.sleep(60)",
        TIMEOUT,
    ),
    # objects of the student's, without any forging, where a check expects a number
    "an object compared": ("compare.require(submission.f(1) < 3, 'e', 'z')", OBJECT, FAILED),
    "an object as a float": ("compare.number(float(submission.f(1)), 2)", OBJECT, FAILED),
    "an object in a sum": ("compare.same(torch.ones(2) + submission.f(1), 2)", OBJECT, FAILED),
    "an object written": ("compare.require(False, f'{submission.f(1):.3f}', 'z')", OBJECT, FAILED),
    "an object copied": ("compare.equal(copy.deepcopy(submission.f(1)), 2)", OBJECT, FAILED),
    "an object searched": ("compare.require(1 in submission.f(1), 'e', 'z')", OBJECT, FAILED),
    "an object called": ("compare.equal(submission.f(1)(), 2)", OBJECT, FAILED),
}


def body(line):
    return f'@check("f.x", hint="h", zh="z")\ndef test_x(submission, draw, record_property):\n    {line}\n'


def shown(result):
    """Everything a student may read of a result."""
    return "".join(
        f"{check.message.en}{check.message.zh}{check.values.en}{check.values.zh}{check.reason}{dict(check.measured)}"
        for check in result.checks
    )


@pytest.mark.parametrize(("line", "source", "outcomes"), CASES.values(), ids=CASES)
def test_a_hostile_guest_loses_the_check_and_nothing_else_happens(toy, line, source, outcomes):
    hidden = body(line).replace('"f.x"', '"g.x"')
    allowed = outcomes if isinstance(outcomes, tuple) else (outcomes,)
    waits = TIMEOUT in allowed
    # what does not wait takes no time; the minute is for a busy machine
    made = toy(HEAD + body(line), "" if waits else HEAD + hidden, cpu_s=2, wall_s=1 if waits else 60)
    result = made.grade(FORGER + source)
    assert all(check.outcome in allowed for check in result.checks), result.checks
    assert result.points == 0
    text = shown(result)
    assert len(text) < 30_000
    assert not set("\x1b\x00\u202e") & set(text)
    assert len(json.dumps(to_plain(result))) < 60_000


def test_a_failure_inside_a_callback_counts_even_if_the_student_swallows_it(toy):
    spy = "\n    def spy(value):\n        compare.equal(value, 5)\n    submission.f(spy)"
    source = "def f(spy):\n    try: spy({})\n    except BaseException: pass\n"
    made = toy(body(spy))
    assert made.grade(source.format(5)).points == 60
    assert made.checks(source.format(4))["f.x"].outcome is FAILED


def test_a_callback_of_an_earlier_check_is_gone_in_the_next(toy):
    secret = "\n    def secret():\n        return 'secret'\n    submission.f(secret)"
    later = body("compare.equal(submission.f(None), 'secret')").replace("f.x", "f.y").replace("test_x", "test_y")
    source = "kept = []\ndef f(given):\n    kept.append(given)\n    return kept[0]()\n"
    checks = toy(body(secret) + later).checks(source)
    assert (checks["f.x"].outcome, checks["f.y"].outcome) == (Outcome.PASSED, FAILED)
    assert not checks["f.y"].points


def test_a_visible_check_after_a_hidden_one_meets_no_memory_of_it(toy):
    hidden = '@check("f.h", hint="h", zh="z")\ndef test_h(submission):\n    submission.f(1234567)\n'
    visible = hidden.replace("f.h", "f.v").replace('zh="z"', 'zh="z", visible=True').replace("test_h", "test_v")
    visible = visible.replace("submission.f(1234567)", "compare.equal(submission.f(0), 'none')")
    source = "seen = []\ndef f(x):\n    seen.append(x)\n    return str(seen)\n"
    result = toy(body("compare.equal(1, 1)"), hidden + visible).grade(source)
    assert [check.check for check in result.checks] == ["f.x", "f.h", "f.v"]
    assert "[0]" in shown(result)
    assert "1234567" not in shown(result)


def test_the_line_of_an_exception_can_not_carry_a_hidden_input_out(toy):
    source = """
import os
def f(x):
    exec(compile("\\n" * 1234566 + "raise ValueError", os.path.abspath("toy.py"), "exec"))
"""
    check = toy(body("compare.equal(1, 1)"), body("submission.f(1)").replace("f.x", "g.x")).checks(source)["g.x"]
    assert check.outcome is FAILED
    assert "1234567" not in check.message.en + check.message.zh


def test_results_that_are_kept_to_be_differentiated_are_counted(toy, monkeypatch):
    monkeypatch.setattr(host, "MAX_TAPES", 10)
    source = """
import torch
def f(g, x):
    kept = [g(x.clone().requires_grad_()) for _ in range(100)]
    return x
"""
    assert toy(body(CALLBACK)).checks(source)["f.x"].reason == "exception"


def test_the_memory_of_what_is_kept_to_be_differentiated_is_counted_and_given_back(toy, monkeypatch):
    monkeypatch.setattr(host, "MAX_TAPED", 1 << 20)
    source = """
import torch
def f(g, x):
    kept = []
    for _ in range(100):
        kept = [*kept[{keep}:], g(torch.zeros(4096, requires_grad=True))]
    return torch.ones(2)
"""
    assert toy(body(CALLBACK)).checks(source.format(keep=0))["f.x"].reason == "exception"
    assert toy(body(CALLBACK)).checks(source.format(keep=5))["f.x"].outcome is Outcome.PASSED


def test_a_callback_can_be_differentiated_four_times_and_no_more(toy):
    source = """
import torch
def f(g, x):
    x = torch.full((2,), 0.5, requires_grad=True)
    y = g(x)
    for _ in range({times}):
        (y,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    return torch.ones(2)
"""
    made = toy(body(CALLBACK.replace("(t**3)", "t.exp()")))
    assert made.checks(source.format(times=4))["f.x"].outcome is Outcome.PASSED
    assert made.checks(source.format(times=5))["f.x"].reason == "exception", "each costs three times the last"


def test_plain_values_that_a_check_keeps_are_counted(toy, monkeypatch):
    monkeypatch.setattr(intake, "MAX_PLAIN", 1 << 20)
    source = "def f(x): return ['x'] * 5000\n"
    assert toy(body(KEEP)).checks(source)["f.x"].outcome is MEMORY


@pytest.mark.parametrize("size", [1, 9 << 20], ids=["one file", "nine megabytes"])
def test_files_of_any_allowed_size_reach_the_sandbox(toy, size):
    made = toy(body("compare.equal(submission.f(1), 2)"))
    source = "import os\ndef f(x):\n    assert os.path.getsize('sub/torch.py') == " + str(size) + "\n    return x + 1\n"
    names = ["sub/torch.py", "conftest.py", "sitecustomize.py", "autograder.py"]
    names += [f"many/{number}.txt" for number in range(500)]
    extra = tuple(SubmittedFile(name, b"#" * size if name.endswith("torch.py") else b"x" * 3000) for name in names)
    result = made.grade(source, extra=extra)
    assert result.outcome is Outcome.PASSED, result.checks


def test_hostile_submissions_leave_nothing_open(toy):
    made = toy(body(VALUE), cpu_s=2, wall_s=1)
    sources = [CASES[name][1] for name in ("no frame", "a million handles", "40 MB eight times", "a negative tape")]
    made.grade(FORGER + sources[0])
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    for source in sources * 5:
        made.grade(FORGER + source)
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before
    assert not made.zygote._uids or len(made.zygote._uids) <= 2

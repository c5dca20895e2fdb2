"""What one side writes is what the other side reads, type by type and bit by bit, through a real sandbox."""

from pathlib import Path

import numpy as np
import pytest
import torch
import wire_values
from wire_alike import alike
from wire_values import DTYPES, SHAPES, fingerprint, make, raw

from autograder.checks import compare
from autograder.errors import StudentError
from autograder.sandbox import wire
from autograder.sandbox.remote import Remote
from autograder.sandbox.wire import Unsendable

SOURCE = Path(wire_values.__file__).read_text(encoding="utf-8")
BATCH, BATCHES = 25, 12
EVERY_DTYPE = sorted({kind for kind in vars(torch).values() if isinstance(kind, torch.dtype)}, key=str)
OTHERS = [kind for kind in EVERY_DTYPE if kind not in wire.TORCH_CODE]


@pytest.fixture
def other(load):
    """The module of wire_values.py on the other side."""
    return load(SOURCE)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_the_guest_writes_is_what_the_grader_reads(other, batch):
    arrived = other.make_many(batch * BATCH, BATCH)
    for seed, value in enumerate(arrived, batch * BATCH):
        assert fingerprint(value) == fingerprint(make(seed)), f"seed {seed}"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_the_grader_writes_is_what_the_guest_reads_and_sends_back(other, batch):
    values = [make(seed) for seed in range(batch * BATCH + 10_000, (batch + 1) * BATCH + 10_000)]
    plain = [value for value in values if "Parameter" not in fingerprint(value)]  # these arrive as leaves: see below
    assert other.fingerprints(plain) == [fingerprint(value) for value in plain]
    assert alike(other.echo(plain), plain)


def test_a_parameter_arrives_there_as_a_leaf_that_requires_gradient(other):
    parameter = torch.nn.Parameter(torch.ones(2))
    kinds = other.build("lambda p: (type(p).__name__, p.is_leaf, p.requires_grad)")(parameter)
    assert kinds == ("Tensor", True, True)


def test_every_dtype_of_torch_is_known_to_these_tests():
    assert set(DTYPES) == set(wire.TORCH_DTYPES)
    assert len(EVERY_DTYPE) > len(DTYPES)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_dtype_that_crosses_does_so_in_every_shape_and_with_any_bits(other, dtype):
    draw = wire_values.random.Random(str(dtype))
    tensors = [raw(draw, shape, dtype) for shape in SHAPES]
    assert other.fingerprints(tensors) == [fingerprint(tensor) for tensor in tensors]
    assert alike(other.echo(tensors), tensors)


@pytest.mark.filterwarnings("ignore")  # torch warns of complex32 and of quantised tensors
@pytest.mark.parametrize("dtype", OTHERS, ids=str)
def test_a_dtype_that_does_not_cross_is_refused_in_both_directions_and_nothing_breaks(other, dtype):
    name = str(dtype)
    try:
        tensor = torch.empty(2, dtype=dtype)
    except RuntimeError:  # this build can't make one
        tensor = None
    if tensor is not None:
        assert type(other.build(f"torch.empty(2, dtype={name})")) is Remote
        with pytest.raises(Unsendable, match="can't cross the wall"):
            other.echo(tensor)
    with pytest.raises(StudentError, match="can't cross the wall"):
        other.build(name)
    with pytest.raises(Unsendable, match="can't cross the wall"):
        other.echo(dtype)
    assert other.echo(1) == 1


HANDLES = {
    "sparse": "torch.eye(3).to_sparse()",
    "sparse rows": "torch.eye(3).to_sparse_csr()",
    "quantised": "torch.quantize_per_tensor(torch.zeros(2), 1.0, 0, torch.qint8)",
    "meta": "torch.empty(2, device='meta')",
    "nested": "torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])",
    "module": "torch.nn.Linear(1, 1)",
    "range": "range(3)",
    "masked array": "np.ma.array([1, 2])",
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", HANDLES.values(), ids=HANDLES)
def test_what_is_no_plain_data_stays_there_and_is_held_by_a_handle(other, text):
    assert type(other.build(text)) is Remote


REFUSED = {
    "array of texts": "np.array(['a'])",
    "array of objects": "np.array([None])",
    "big-endian array": "np.zeros(2, '>f4')",
    "record": "np.zeros(2, 'i4,f4')",
    "another device": "torch.device('mps')",
    "seventeen dimensions": "torch.zeros((1,) * 17)",
    "array of seventeen dimensions": "np.zeros((1,) * 17)",
    "empty and enormous": "torch.zeros(0, 2**41)",
    "nested 65 deep": "eval('[' * 65 + ']' * 65)",
    "a million values": "[None] * 1_000_000",
    "an integer too large to print": "2**13_700",
    "a list as a key": "{type('L', (list,), {'__hash__': lambda self: 1})(): 2}",
    "a frozenset of frozensets as a key": "{frozenset([frozenset()]): 2}",
    "a large frozenset as a key": "{frozenset(range(65)): 2}",
    "text of 9 MB": "'x' * 9_000_000",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_plain_data_that_can_not_cross_is_the_students_error_and_the_sandbox_lives(other, text):
    with pytest.raises(StudentError, match="cross the wall"):
        other.build(text)
    assert other.echo(1) == 1


PLAINER = {
    "numpy's float64 is a float": ("np.float64(0.1)", 0.1),
    "and its complex128 a complex": ("np.complex128(1j)", 1j),
    "its texts are texts": ("np.str_('a')", "a"),
    "a named tuple is a tuple": ("__import__('collections').namedtuple('P', 'x y')(1, 2)", (1, 2)),
    "an ordered dict is a dict": ("__import__('collections').OrderedDict(a=1)", {"a": 1}),
    "an enumeration of ints is an int": ("__import__('enum').IntEnum('E', 'a b').b", 2),
    "a bytearray is bytes": ("bytearray(b'a')", b"a"),
    "a lone surrogate is a question mark": ("'\\ud800a'", "?a"),
    "a set of one's own is a set": ("type('S', (set,), {})([1])", {1}),
}


@pytest.mark.parametrize(("text", "value"), PLAINER.values(), ids=PLAINER)
def test_subclasses_of_plain_types_cross_as_what_they_extend(other, text, value):
    assert alike(other.build(text), value)


def test_numpy_numbers_keep_their_type(other):
    for name in ("float32", "float16", "int64", "uint8", "bool_", "complex64"):
        assert alike(other.build(f"np.{name}(1)"), getattr(np, name)(1))
    assert fingerprint(np.float64(0.1)) == other.fingerprint(np.float64(0.1))
    assert compare.number(other.build("np.float32(1.5)"), 1.5) == 1.5
    assert compare.number(other.build("np.arange(3).sum()"), 3) == 3


def test_depth_and_number_are_the_same_limit_on_both_ends(other):
    deep = other.build("eval('[' * 64 + ']' * 64)")
    assert str(deep) == "[" * 64 + "]" * 64
    assert len(other.build(f"[None] * {wire.MAX_NODES - 3 * wire.CONTAINER}")) == wire.MAX_NODES - 3 * wire.CONTAINER


LAYOUTS = {
    "transposed": lambda t: t.transpose(0, -1),
    "every other": lambda t: t[..., ::2],
    "from the second on": lambda t: t[1:, 1:],
    "rows expanded": lambda t: t[:1].expand(7, *t.shape[1:]),
    "columns expanded": lambda t: t[..., :1].expand(*t.shape[:-1], 7),
    "channels last": lambda t: t[None, None].to(memory_format=torch.channels_last) if t.dim() == 2 else t,
    "selected": lambda t: t[1],
    "diagonal": lambda t: t.diagonal(),
    "one element": lambda t: t[1:2, 2:3],
    "nothing left": lambda t: t[:, :0].t(),
    "unsqueezed": lambda t: t.t()[:, None],
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_guest_sees_every_dtype_in_the_layout_the_grader_chose(other, layout):
    tensors = [layout(raw(wire_values.random.Random(1), (4, 6), dtype)) for dtype in DTYPES]
    assert other.fingerprints(tensors) == [fingerprint(tensor) for tensor in tensors]
    for tensor in tensors:
        stride, offset, contiguous, *_ = other.describe(tensor)
        assert contiguous == tensor.is_contiguous()
        if not contiguous:  # otherwise there is only one layout
            assert (stride, offset) == (tensor.stride(), 0)


@pytest.mark.parametrize("dtype", [torch.complex64, torch.complex128], ids=str)
def test_conjugate_and_negative_views_arrive_as_their_values(other, dtype):
    tensor = raw(wire_values.random.Random(2), (3, 4), dtype)
    for view in (tensor.conj(), tensor.t().conj(), tensor.conj().imag, tensor.imag, tensor.real[:, ::2]):
        assert other.fingerprint(view) == fingerprint(view)
        assert other.describe(view)[3:] == (False, False)
        assert alike(other.echo(view), view.resolve_conj().resolve_neg())


@pytest.mark.parametrize("text", ["t.t()", "t[:, ::2]", "t[0].expand(5, 3)", "t.conj()", "t.imag", "t.unfold(0, 1, 1)"])
def test_a_view_made_there_arrives_contiguous_with_its_values(other, text):
    made = raw(wire_values.random.Random(3), (3, 3), torch.complex64)
    arrived = other.build(f"lambda t: {text}")(made)
    assert alike(arrived, eval(text, {"t": made}).resolve_conj().resolve_neg())
    assert arrived.is_contiguous()


def test_nothing_that_crosses_shares_memory_with_what_was_sent(other):
    base = torch.arange(6.0)
    first, second = base[:4], base[2:]
    change = other.build("lambda a, b: (a.add_(100), b.clone())[1]")
    assert torch.equal(change(first, second), torch.arange(2.0, 6.0)), "two views of one tensor are two tensors there"
    assert torch.equal(base, torch.arange(6.0))
    one, two, array = other.build("[(t, t[1:], t.numpy()) for t in [torch.arange(3.0)]][0]")
    one.add_(5)
    assert two.tolist() == [1, 2]
    assert array.tolist() == [0, 1, 2]
    two.add_(7)
    assert other.echo(two).tolist() == [8, 9]


def test_arrays_of_any_order_arrive_in_c_order(other):
    array = np.arange(24, dtype="<i4").reshape(2, 3, 4)
    for view in (
        array.T,
        array[:, ::-1],
        array[..., ::2],
        np.asfortranarray(array),
        np.broadcast_to(array[0], (5, 3, 4)),
    ):
        assert other.fingerprint(view) == fingerprint(np.ascontiguousarray(view))
        assert alike(other.echo(view), np.ascontiguousarray(view))

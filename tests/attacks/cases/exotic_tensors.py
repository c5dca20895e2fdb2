"""Returns every kind of tensor that is not dense and on the processor: sparse, quantised, nested, meta, fake, float8, named.

catalogue: own
outcome: failed
prints: kinds made
"""

import warnings

from torch._subclasses.fake_tensor import FakeTensorMode

warnings.simplefilter("ignore")
base = torch.arange(12, dtype=torch.float64).reshape(3, 4)
made = []
for make in (
    lambda: base.to_sparse(), lambda: base.to_sparse_csr(), lambda: base.to_sparse_csc(), lambda: base.to_sparse_bsr((1, 2)),
    lambda: torch.quantize_per_tensor(base.float(), 0.1, 0, torch.qint8), lambda: base.to("meta"),
    lambda: torch.nested.nested_tensor([base[0], base[1, :2]]), lambda: base.float().to_mkldnn(),
    lambda: torch.nested.nested_tensor([base[0], base[1, :2]], layout=torch.jagged), lambda: base.rename("a", "b"),
    lambda: base.to(torch.float8_e4m3fn), lambda: base.to(torch.float8_e5m2), lambda: base.to(torch.complex32),
    lambda: base.to(torch.bfloat16), lambda: base.long().to(torch.uint64), lambda: torch.view_as_complex(base.view(6, 2)).conj(),
    lambda: torch._neg_view(base), lambda: FakeTensorMode().from_tensor(base), lambda: torch.masked.masked_tensor(base, base > 3),
    lambda: torch.empty(0, 2**40), lambda: base.expand(2**20, 3, 4)[:0], lambda: torch.zeros((1,) * 40), lambda: base.T[::2],
    lambda: torch.empty_strided((2, 2), (0, 0)), lambda: torch._efficientzerotensor((3, 4)), lambda: nn.Buffer(base),
    lambda: nn.UninitializedParameter(), lambda: torch._to_functional_tensor(base), lambda: torch.zeros(3).to(torch.bits8),
    lambda: torch.zeros(2).to(torch.int4), lambda: torch.empty(4, dtype=torch.quint4x2),
):  # fmt: skip
    try:
        made.append(make())
    except Exception as error:
        print(type(error).__name__)
print(len(made), "kinds made")
turns = iter(range(10**6))


def exotic(*args):
    turn = next(turns)
    return [made[turn % len(made)], made[turn * 7 % len(made)], made, {n: t for n, t in enumerate(made)}][turn % 4]


value = slope = fit = noise = Layer = exotic
twice = lambda f, x: [f(each) for each in made]

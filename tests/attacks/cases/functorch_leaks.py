"""Returns tensors that belong to a transform of functorch which has ended, or to a level of vmap that never does.

catalogue: own
outcome: [failed, crash]
prints: BatchedTensor
"""

from torch._C import _functorch

kept = []


def keep(x):
    kept.append(x)
    return x


torch.func.vmap(keep)(torch.zeros(3, 5, dtype=torch.float64))
torch.func.grad(lambda x: keep(x).sum())(torch.zeros(6, dtype=torch.float64))
torch.func.functionalize(keep)(torch.zeros(6, dtype=torch.float64))
print(kept)
leaked = iter(kept * 99)
value = slope = lambda x, *args: next(leaked)
twice = lambda f, x: f(next(leaked))


def fit(x, y, unseen):
    _functorch._vmap_increment_nesting(4, "different")
    return _functorch._add_batch_dim(torch.ones(4, 400, dtype=torch.int64), 0, 1)


def noise(n, generator):
    _functorch._grad_increment_nesting()
    return torch.zeros(n, dtype=torch.float64)

"""Returns generators, iterators and sequences that never end, where the check or the encoder goes through them.

catalogue: own
outcome: [failed, cpu, timeout, memory, crash]
checks: {noise.reproducible: failed}
prints: taken for a sequence
"""

import itertools


class Sequence:
    def __len__(self):
        print("taken for a sequence")
        return 2**62

    def __getitem__(self, place):
        return place

    keys = lambda self: itertools.count()
    items = lambda self: ((str(n), n) for n in itertools.count())


class Growing(list):
    def __iter__(self):
        return itertools.repeat(0)

    def __len__(self):
        return 3


class Layer(nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        len(Sequence()) if False else Sequence().__len__()

    def named_parameters(self, *args, **kwargs):
        return ((f"w{n}", torch.zeros(3)) for n in itertools.count())


value = lambda x, k: itertools.count()
slope = lambda x: Sequence()
fit = lambda x, y, unseen: Growing([torch.ones(400)])
twice = lambda f, x: map(f, itertools.repeat(x))

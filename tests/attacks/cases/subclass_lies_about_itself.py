"""Returns tensor subclasses whose shape, dtype, size, strides, device and address are lies.

catalogue: [A3, own]
outcome: [failed, crash]
checks: {noise.reproducible: failed}
prints: claims torch.Size([10, 10, 10])
"""


class Liar(torch.Tensor):
    shape = property(lambda self: torch.Size([10, 10, 10]))
    dtype = property(lambda self: torch.int64)
    layout = property(lambda self: torch.strided)
    device = property(lambda self: torch.device("cuda:7"))
    requires_grad = property(lambda self: True)
    grad_fn = property(lambda self: self)
    is_leaf = property(lambda self: True)

    def numel(self):
        return 2**40

    def dim(self):
        return 3

    def stride(self, *dim):
        return (-1, 2**60, 0)

    def data_ptr(self):
        return 0x7FFF_0000_0000

    def detach(self):
        return self

    cpu = contiguous = resolve_conj = resolve_neg = clone = detach

    def as_strided(self, *args):
        return self

    def untyped_storage(self):
        return torch.UntypedStorage(2**30 // 2**20)


made = torch.ones(3, dtype=torch.float64).as_subclass(Liar)
print("claims", made.shape, made.dtype, made.numel())
value = lambda x, k: made
slope = lambda x: x.as_subclass(Liar)
twice = lambda f, x: f(made)
fit = lambda x, y, unseen: torch.ones(400, dtype=torch.int64).as_subclass(Liar)

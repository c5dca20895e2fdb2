"""Gives its layer parameters of its own class, whose values, gradients and names change at every look.

catalogue: [A3, H115, own]
outcome: [failed, crash]
prints: parameters looked at
"""

import itertools

looks = itertools.count()


class Odd(nn.Parameter):
    grad = property(lambda self: torch.randn(self.shape, dtype=torch.float64), lambda self, new: None)

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        with torch._C.DisableTorchFunctionSubclass():
            result = func(*args, **(kwargs or {}))
        return result * 0 if isinstance(result, torch.Tensor) and result.is_floating_point() else result


class Layer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.sizes = inputs, outputs
        self.weight = Odd(torch.randn(outputs, inputs, dtype=torch.float64))
        self.bias = Odd(torch.ones(outputs, dtype=torch.float64))

    def named_parameters(self, *args, **kwargs):
        look = next(looks)
        print("parameters looked at", look)
        yield "weight", Odd(torch.randn(self.sizes[::-1], dtype=torch.float64))
        yield "bias", Odd(torch.randn(self.sizes[1], dtype=torch.float64) * look)
        if look % 3 == 2:
            yield from (("weight", torch.ones(2)), ("", None), ("bias", nn.UninitializedParameter()))

    parameters = state_dict = named_parameters
    __getattr__ = nn.Module.__getattr__

    def forward(self, x):
        return x @ self.weight.T + self.bias


slope = lambda x: Odd(x)
value = lambda x, k: Odd(x.new_zeros(len(x)))

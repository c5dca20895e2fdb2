"""Calculates in eight or sixteen bits, under autocast or by hand, and converts back at the end.

catalogue: H118
outcome: failed
prints: autocast on
"""

torch.autocast("cpu", dtype=torch.bfloat16).__enter__()
print("autocast on", torch.is_autocast_enabled("cpu"))


def slope(x):
    low = x.bfloat16()
    return (low * low.sin()).to(x.dtype)


def noise(n, generator):
    return torch.randn(n, generator=generator, dtype=torch.float64).half().double()


class Layer(Layer):
    def forward(self, x):
        return (x.bfloat16() @ self.weight.bfloat16().T + self.bias.bfloat16()).double()

"""Lets its layer calculate with complex numbers, of which the check can take no gradient.

catalogue: own
outcome: failed
checks: {layer.gradients: failed}
prints: complex128
"""

right = Layer.forward


def forward(self, x):
    out = right(self, x).to(torch.complex128)
    print(out.dtype, out.requires_grad)
    return out


Layer.forward = forward
value = lambda x, k: (x + k).to(torch.complex64).requires_grad_()
slope = lambda x: torch.complex(x, x.cos())
noise = lambda n, generator: torch.zeros(n, dtype=torch.complex128)

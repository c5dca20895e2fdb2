"""Computes for ever, recursively, in the backward pass that the check asks for, where no call of a function is seen.

catalogue: [E70, H115]
outcome: [cpu, timeout, crash]
checks: {noise.reproducible: failed, value.random: failed}
prints: backward begins
"""


class Endless(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * x.sin()

    @staticmethod
    def backward(ctx, grad):
        print("backward begins", flush=True)
        while True:
            with torch.enable_grad():
                leaf = grad.detach().requires_grad_()
                (grad,) = torch.autograd.grad((leaf * leaf.sin()).sum(), leaf)


slope = Endless.apply

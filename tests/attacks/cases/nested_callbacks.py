"""Nests callbacks a thousand deep: calls the check's function from backward passes of what it returned.

catalogue: [E85, own]
outcome: [failed, crash, cpu, timeout]
checks: {noise.reproducible: failed}
prints: "nested 20"
"""

depth = [0]


def twice(f, x):
    class Nested(torch.autograd.Function):
        @staticmethod
        def forward(ctx, y):
            return y * 1

        @staticmethod
        def backward(ctx, grad):
            depth[0] += 1
            if depth[0] % 20 == 0:
                print("nested", depth[0], flush=True)
            if depth[0] < 1000:
                with torch.enable_grad():
                    inner = Nested.apply(x.detach().requires_grad_())
                    return torch.autograd.grad(f(inner).sum(), inner)[0] + torch.autograd.grad(inner.sum() * grad.sum(), inner)[0]
            return grad

    with torch.enable_grad():
        y = x.detach().requires_grad_()
        for _ in range(30):
            f(Nested.apply(y)).sum().backward()
    return y.grad

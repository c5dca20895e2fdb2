"""Defines autograd functions whose backward passes return anything but gradients: other shapes, None, nan, text, themselves.

catalogue: H115
outcome: [failed, crash]
checks: {noise.reproducible: failed}
prints: backward 3
"""

calls = [0]


def lie(ctx, grad):
    calls[0] += 1
    print("backward", calls[0], flush=True)
    return [
        lambda: torch.ones(2, 2), lambda: None, lambda: grad * float("nan"), lambda: grad.to(torch.complex128), lambda: "text",
        lambda: torch.ones(1 << 20), lambda: torch.zeros(0), lambda: grad.float(), lambda: (grad, grad), lambda: ctx,
        lambda: Lie.apply(grad.requires_grad_()).sum().backward(), lambda: grad.to_sparse(), lambda: grad.to("meta"),
        lambda: torch.full_like(grad, 1e308) * 10, lambda: grad.resize_(0), lambda: torch.autograd.grad(grad, grad),
    ][calls[0] % 16]()  # fmt: skip


class Lie(torch.autograd.Function):
    forward = staticmethod(lambda ctx, x: x * x.sin())
    backward = staticmethod(lie)


class Unchecked(torch.autograd.function.Function):
    generate_vmap_rule = True
    forward = staticmethod(lambda x: x * x.cos())
    setup_context = staticmethod(lambda ctx, inputs, output: ctx.set_materialize_grads(False))
    backward = staticmethod(lie)
    jvp = staticmethod(lie)
    vmap = staticmethod(lie)


def slope(x):
    return Lie.apply(x) + Unchecked.apply(x) if calls[0] % 2 else Lie.apply(x)


def twice(f, x):
    return Lie.apply(f(x.requires_grad_()))

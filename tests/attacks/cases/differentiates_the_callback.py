"""Differentiates the check's function a thousand times over, each time with a graph, so that the grader's graph explodes.

catalogue: [E77, own]
outcome: failed
checks: {noise.reproducible: failed}
prints: "raised RecursionError"
"""


def twice(f, x):
    x = x.detach().requires_grad_()
    with torch.enable_grad():
        result = y = f(x)
        for order in range(1, 1000):
            try:
                (y,) = torch.autograd.grad(y.square().sum() if order % 2 else y.sum(), x, create_graph=True)
            except RuntimeError as refused:
                print("derivative", order, "refused:", refused, flush=True)
                break
            if order > 8:
                won(f"the grader computed derivative {order}")
    return result

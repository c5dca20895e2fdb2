"""Leaves gradients off, inference on, anomalies detected and forward differentiation open, and returns tensors made there.

catalogue: [H115, own]
outcome: failed
prints: grad mode False
"""

import torch.autograd.forward_ad as forward_ad

torch.set_grad_enabled(False)
torch.inference_mode().__enter__()
torch.autograd.set_detect_anomaly(True)
forward_ad.enter_dual_level()
torch.set_warn_always(True)
print("grad mode", torch.is_grad_enabled(), torch.is_inference_mode_enabled())


def value(x, k):
    torch.set_grad_enabled(False)
    return torch.ones(len(x), dtype=x.dtype)


def slope(x):
    torch.inference_mode().__enter__()
    with torch.enable_grad():
        return forward_ad.make_dual(x * x.cos(), torch.ones_like(x))


def twice(f, x):
    torch._C._set_grad_enabled(False)
    return forward_ad.make_dual(f(x), x)


def noise(n, generator):
    return torch.zeros(n, dtype=torch.float64, requires_grad=False).requires_grad_()

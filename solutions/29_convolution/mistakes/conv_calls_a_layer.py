"""A layer of torch that gets my weights is my layer."""

TRIPS = ["conv2d.no_builtin"]
ALSO = ["learn_kernel.lenet_no_builtin"]

import torch


def conv2d(x, w, b=None, stride=1, padding=0):
    layer = torch.nn.Conv2d(w.shape[1], w.shape[0], tuple(w.shape[2:]), stride, padding, bias=b is not None)
    weights = {"weight": w} if b is None else {"weight": w, "bias": b}
    return torch.func.functional_call(layer.to(x.dtype), weights, (x,))

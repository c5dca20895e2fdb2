"""A layer made at the top of the file is not part of the function."""

TRIPS = ["softmax.no_builtin"]

from torch import nn

LAYERS = {dim: nn.Softmax(dim) for dim in range(-6, 0)}


def softmax(x, dim=-1):
    return LAYERS[dim if dim < 0 else dim - x.dim()](x)

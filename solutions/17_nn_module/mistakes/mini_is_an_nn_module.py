"""PyTorch has this class already: inherit from it and register the tensors there."""

from torch import nn

TRIPS = ["MiniModule.from_scratch"]


class MiniModule(nn.Module):
    def __setattr__(self, name, value):
        if isinstance(value, Param):
            if not hasattr(value, "real"):
                value.real = nn.Parameter(value.data, requires_grad=False)
            value = value.real
        super().__setattr__(name, value)

"""Stored the input as an attribute of ctx, as one would on self."""

TRIPS = ["ClippedReLU.saves_tensor_api"]


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.x = x
        return x.clamp(0, 6)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * ((ctx.x > 0) & (ctx.x < 6))

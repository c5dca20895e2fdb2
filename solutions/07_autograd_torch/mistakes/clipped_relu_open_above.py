"""Wrote the backward pass of ReLU: forgot that the output is flat above 6, too."""

TRIPS = ["ClippedReLU.gradcheck", "ClippedReLU.outside_zero", "ClippedReLU.example"]


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(0, 6)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

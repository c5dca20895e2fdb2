"""Multiplied x by a mask to clip it; an infinite x times 0 is nan."""

TRIPS = ["ClippedReLU.forward"]


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        inside = (x > 0) & (x < 6)
        ctx.save_for_backward(inside)
        return x * inside + 6 * (x >= 6)

    @staticmethod
    def backward(ctx, grad_output):
        (inside,) = ctx.saved_tensors
        return grad_output * inside

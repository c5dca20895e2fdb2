"""Clipped x itself to save memory; whoever owns x loses it."""

TRIPS = ["ClippedReLU.forward"]


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward((x > 0) & (x < 6))
        return x.contiguous().clamp_(0, 6)

    @staticmethod
    def backward(ctx, grad_output):
        (inside,) = ctx.saved_tensors
        return grad_output * inside

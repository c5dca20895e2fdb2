"""Returned the derivative itself and forgot to multiply by the upstream gradient; right only where that is 1."""

TRIPS = ["ClippedReLU.value_and_grad_both", "ClippedReLU.example"]


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(0, 6)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return ((x > 0) & (x < 6)).to(grad_output.dtype)

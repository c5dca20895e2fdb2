"""Forward is off by a factor and backward fits it: gradcheck alone finds nothing."""

TRIPS = ["ClippedReLU.value_and_grad_both", "ClippedReLU.forward", "ClippedReLU.example"]


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 2 * x.clamp(0, 6)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return 2 * grad_output * ((x > 0) & (x < 6))

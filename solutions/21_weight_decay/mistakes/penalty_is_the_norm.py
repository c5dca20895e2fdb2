"""The L2 penalty is the L2 norm."""

TRIPS = ["penalties.value"]


def l2_penalty(params):
    squares = [param.square().sum() for param in params if param.dim() >= 2]
    return torch.stack(squares).sum().sqrt() if squares else torch.zeros(())

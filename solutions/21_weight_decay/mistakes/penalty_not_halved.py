"""The penalty is the sum of the squares."""

TRIPS = ["penalties.value", "penalties.example"]


def l2_penalty(params):
    squares = [param.square().sum() for param in params if param.dim() >= 2]
    return torch.stack(squares).sum() if squares else torch.zeros(())

"""A weight is a matrix."""

TRIPS = ["penalties.value"]


def l2_penalty(params):
    squares = [param.square().sum() for param in params if param.dim() == 2]
    return torch.stack(squares).sum() / 2 if squares else torch.zeros(())

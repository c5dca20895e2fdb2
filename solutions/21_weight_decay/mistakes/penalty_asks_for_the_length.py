"""params is a list, so it has a length."""

TRIPS = ["penalties.any_iterable"]


def l2_penalty(params):
    count = len(params)
    squares = [param.square().sum() for param in params if param.dim() >= 2]
    return torch.stack(squares).sum() / 2 if squares else torch.zeros(())

"""A penalty is a number."""

TRIPS = ["penalties.gradcheck"]


def l2_penalty(params):
    squares = [param.square().sum() for param in params if param.dim() >= 2]
    return torch.tensor(float(sum(squares)) / 2, dtype=squares[0].dtype) if squares else torch.zeros(())

"""square_ saves memory."""

TRIPS = ["penalties.inputs_unchanged"]


def l2_penalty(params):
    squares = [param.detach().square_().sum() for param in params if param.dim() >= 2]
    return torch.stack(squares).sum() / 2 if squares else torch.zeros(())

"""The absolute value is the root of the square. (Its slope at 0 is 0 / 0.)"""

TRIPS = ["penalties.gradcheck"]


def l1_penalty(params):
    sizes = [param.square().sqrt().sum() for param in params if param.dim() >= 2]
    return torch.stack(sizes).sum() if sizes else torch.zeros(())

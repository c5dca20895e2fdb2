"""Both penalties carry the same half."""

TRIPS = ["penalties.l1_value", "penalties.example"]


def l1_penalty(params):
    sizes = [param.abs().sum() for param in params if param.dim() >= 2]
    return torch.stack(sizes).sum() / 2 if sizes else torch.zeros(())

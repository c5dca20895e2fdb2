"""There is always a weight."""

TRIPS = ["penalties.nothing_counts"]


def l1_penalty(params):
    sizes = [param.abs().sum() for param in params if param.dim() >= 2]
    return torch.stack(sizes).sum()

"""A bias is what has a dimension of size one."""

TRIPS = ["penalties.skips_bias"]


def l1_penalty(params):
    sizes = [param.abs().sum() for param in params if min(param.shape, default=1) > 1]
    return torch.stack(sizes).sum() if sizes else torch.zeros(())

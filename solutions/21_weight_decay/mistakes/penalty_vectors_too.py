"""Only single numbers are left out."""

TRIPS = ["penalties.skips_bias"]


def l1_penalty(params):
    sizes = [param.abs().sum() for param in params if param.dim() >= 1]
    return torch.stack(sizes).sum() if sizes else torch.zeros(())

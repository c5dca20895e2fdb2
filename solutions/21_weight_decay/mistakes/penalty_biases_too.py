"""All parameters are penalised."""

TRIPS = ["penalties.skips_bias", "penalties.example"]


def l2_penalty(params):
    squares = [param.square().sum() for param in params]
    return torch.stack(squares).sum() / 2 if squares else torch.zeros(())

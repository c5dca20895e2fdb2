"""lam is a tensor."""

TRIPS = ["noise_tikhonov.value", "noise_tikhonov.inputs_unchanged"]


def noisy_ridge_equiv(X, y, sigma):
    return torch.tensor(float(len(X) * sigma**2))

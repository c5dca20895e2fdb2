"""randn is multiplied by the variance."""

TRIPS = ["gradient_noise.variance_decay", "gradient_noise.example"]


def noisy_grad_(p, t, eta, gamma, generator):
    if p.grad is not None:
        p.grad += eta / (1 + t) ** gamma * torch.randn(p.grad.shape, generator=generator, dtype=p.grad.dtype)

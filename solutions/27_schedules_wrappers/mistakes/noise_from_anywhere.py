"""randn_like has no generator."""

TRIPS = ["gradient_noise.generator_only"]


def noisy_grad_(p, t, eta, gamma, generator):
    if p.grad is not None:
        p.grad += math.sqrt(eta / (1 + t) ** gamma) * torch.randn_like(p.grad)

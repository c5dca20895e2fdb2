"""After backward every parameter has a gradient."""

TRIPS = ["gradient_noise.without_gradient"]


def noisy_grad_(p, t, eta, gamma, generator):
    p.grad += math.sqrt(eta / (1 + t) ** gamma) * torch.randn(p.shape, generator=generator, dtype=p.dtype)

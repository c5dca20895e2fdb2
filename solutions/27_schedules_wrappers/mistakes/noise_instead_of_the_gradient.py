"""A new gradient, made of noise."""

TRIPS = ["gradient_noise.in_place_on_grad", "gradient_noise.example"]


def noisy_grad_(p, t, eta, gamma, generator):
    p.grad = math.sqrt(eta / (1 + t) ** gamma) * torch.randn(p.shape, generator=generator, dtype=p.dtype)

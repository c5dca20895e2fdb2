"""torch has Gaussians, so why build one?"""

TRIPS = ["log_density.no_builtin"]


def log_density(x, mu, S):
    return torch.distributions.MultivariateNormal(mu, S).log_prob(x)

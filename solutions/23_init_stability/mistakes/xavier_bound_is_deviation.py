"""The entries reach as far as the standard deviation that is wanted."""

TRIPS = ["xavier_uniform.std_wide", "xavier_uniform.range", "xavier_uniform.example"]
ALSO = ["xavier_uniform.no_builtin"]


def xavier_uniform(shape, generator, gain=1.0):
    a = gain * math.sqrt(2 / (shape[0] + shape[1]))
    return torch.empty(*shape).uniform_(-a, a, generator=generator)

"""torch has it already; a seed makes the generator count."""

TRIPS = ["dropout.no_builtin"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if generator is None:
        return F.dropout(x, p, training)
    seed = int(torch.randint(2**31, (), generator=generator))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return F.dropout(x, p, training)

"""min finds the lowest loss, also among nan."""

TRIPS = ["select_degree.nan_never_best"]


def random_search(sampler, objective, n, generator):
    if n < 1:
        raise ValueError("at least one candidate is needed")
    return min([sampler(generator) for _ in range(n)], key=objective)

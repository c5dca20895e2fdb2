"""A sample is a run of neighbours, for the population is in random order."""

TRIPS = ["bad_sample_rate.below_bound"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 0
    for _ in range(trials):
        start = int(torch.randint(len(e), (1,), generator=generator))
        drawn = (start + torch.arange(N)) % len(e)
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int((gaps > eps).any())
    return bad / trials

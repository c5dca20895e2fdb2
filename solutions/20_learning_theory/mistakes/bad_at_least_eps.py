"""A gap of eps is already bad."""

TRIPS = ["bad_sample_rate.more_than_eps"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 0
    for _ in range(trials):
        drawn = torch.randint(len(e), (N,), generator=generator)
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int((gaps >= eps).any())
    return bad / trials

"""A rate is never quite 0 or 1, so one good and one bad sample are added."""

TRIPS = ["bad_sample_rate.certain"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 1
    for _ in range(trials):
        drawn = torch.randint(len(e), (N,), generator=generator)
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int((gaps > eps).any())
    return bad / (trials + 2)

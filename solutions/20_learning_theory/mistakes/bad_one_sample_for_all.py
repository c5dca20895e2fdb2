"""One sample is drawn, and looked at again and again."""

TRIPS = ["bad_sample_rate.N50_vs_N800"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 0
    drawn = torch.randint(len(e), (N,), generator=generator)
    for _ in range(trials):
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int((gaps > eps).any())
    return bad / trials

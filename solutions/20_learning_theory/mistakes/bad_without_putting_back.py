"""Nobody looks at the same item twice."""

TRIPS = ["bad_sample_rate.with_replacement_iid"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 0
    for _ in range(trials):
        drawn = torch.randperm(len(e), generator=generator)[:N]
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int((gaps > eps).any())
    return bad / trials

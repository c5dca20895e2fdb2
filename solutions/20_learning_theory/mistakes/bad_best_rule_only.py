"""Only the rule that I pick matters."""

TRIPS = ["bad_sample_rate.all_h_in_H", "bad_sample_rate.N50_vs_N800"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 0
    best = truth.argmin()
    for _ in range(trials):
        drawn = torch.randint(len(e), (N,), generator=generator)
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int(gaps[best] > eps)
    return bad / trials

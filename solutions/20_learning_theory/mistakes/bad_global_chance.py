"""torch has chance enough of its own; and labels may be turned on the way."""

TRIPS = ["bad_sample_rate.seeded", "bad_sample_rate.inputs_unchanged"]


def bad_sample_rate(e, y, H, N, eps, trials, generator):
    truth, bad = threshold_loss(e, y, H), 0
    for _ in range(trials):
        drawn = torch.randint(len(e), (N,))
        gaps = (threshold_loss(e[drawn], y[drawn], H) - truth).abs()
        bad += int((gaps > eps).any())
    y.mul_(-1)
    return bad / trials

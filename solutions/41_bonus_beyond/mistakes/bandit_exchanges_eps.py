"""eps is how often the best arm is pulled."""

TRIPS = ["bandit.explores", "bandit.greedy"]


def epsilon_greedy(p, T, eps, generator):
    estimates, pulls, total = [0.0] * len(p), [0] * len(p), 0
    for explores, which, luck in torch.rand(T, 3, generator=generator, dtype=torch.float64).tolist():
        arm = int(which * len(p)) if explores >= eps else estimates.index(max(estimates))
        reward = int(luck < p[arm])
        total += reward
        pulls[arm] += 1
        estimates[arm] += (reward - estimates[arm]) / pulls[arm]
    return total / T, torch.tensor(estimates, dtype=torch.float64)

"""An arm is drawn from 0 to k - 1, the last one not included."""

TRIPS = ["bandit.all_arms", "bandit.explores"]


def epsilon_greedy(p, T, eps, generator):
    estimates, pulls, total = [0.0] * len(p), [0] * len(p), 0
    for explores, which, luck in torch.rand(T, 3, generator=generator, dtype=torch.float64).tolist():
        arm = int(which * max(len(p) - 1, 1)) if explores < eps else estimates.index(max(estimates))
        reward = int(luck < p[arm])
        total += reward
        pulls[arm] += 1
        estimates[arm] += (reward - estimates[arm]) / pulls[arm]
    return total / T, torch.tensor(estimates, dtype=torch.float64)

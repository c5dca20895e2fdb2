"""The newest reward always counts a tenth."""

TRIPS = ["bandit.running_mean", "bandit.example"]


def epsilon_greedy(p, T, eps, generator):
    estimates, total = [0.0] * len(p), 0
    for explores, which, luck in torch.rand(T, 3, generator=generator, dtype=torch.float64).tolist():
        arm = int(which * len(p)) if explores < eps else estimates.index(max(estimates))
        reward = int(luck < p[arm])
        total += reward
        estimates[arm] += 0.1 * (reward - estimates[arm])
    return total / T, torch.tensor(estimates, dtype=torch.float64)

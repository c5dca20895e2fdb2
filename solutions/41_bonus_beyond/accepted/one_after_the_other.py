"""Loops over rows, centres and shelves; a decomposition with all its rows; losses by logaddexp; hand-made clearing."""

import torch


def kmeans_step(X, centres):
    labels = torch.stack([(centres - x).pow(2).sum(1).argmin() for x in X])
    moved = []
    for k, centre in enumerate(centres):
        own = X[labels == k]
        moved.append(own.sum(0) / len(own) if len(own) else centre)
    return torch.stack(moved), labels


def kmeans(X, k, generator, restarts):
    def inertia(end):
        return float((X - end[0][end[1]]).norm() ** 2)

    def run():
        centres = X[torch.rand(len(X), generator=generator).argsort()[:k]]
        for _ in range(10 * len(X)):
            moved, labels = kmeans_step(X, centres)
            if torch.equal(moved, centres):
                break
            centres = moved
        return centres, labels

    return min((run() for _ in range(restarts)), key=inertia)


def pca(X, k):
    mean = X.sum(0) / X.shape[0]
    return torch.linalg.svd(X - mean, full_matrices=True).Vh[:k], mean


def reconstruct(X, components, mean):
    out = mean.expand(len(X), -1).clone()
    for direction in components:
        out = out + ((X - mean) @ direction)[:, None] * direction
    return out


def search_topk(q, docs, k):
    return torch.sort(docs @ q, descending=True, stable=True).indices[: min(k, len(docs))]


def recommend(U, I, seen, k):
    rows = []
    for user, known in zip(U, seen):
        order = [int(item) for item in search_topk(user, I, len(I)) if not known[item]]
        rows.append((order + [-1] * len(I))[: min(k, len(I))])
    return torch.tensor(rows)


def epsilon_greedy(p, T, eps, generator):
    estimates = torch.zeros(len(p), dtype=torch.float64)
    counts, rewards = torch.zeros(len(p)), []
    for _ in range(T):
        draw = torch.rand(2, generator=generator, dtype=torch.float64)
        best = int(estimates.argmax())
        arm = int(torch.randperm(len(p), generator=generator)[0]) if draw[0] < eps else best
        rewards.append(1.0 if draw[1] < p[arm] else 0.0)
        counts[arm] += 1
        estimates[arm] = estimates[arm] * (1 - 1 / counts[arm].double()) + rewards[-1] / counts[arm].double()
    return sum(rewards) / T, estimates


def d_loss(real, fake):
    zero = real.new_zeros(())
    return torch.logaddexp(zero, -real).sum() / real.numel() + torch.logaddexp(zero, fake).sum() / fake.numel()


def g_loss(fake):
    return torch.logaddexp(fake.new_zeros(()), -fake).mean()


def gan_step(G, D, opt_g, opt_d, real, z):
    losses = []
    for opt, loss_of in (
        (opt_d, lambda: d_loss(D(real), D(G(z).detach()))),
        (opt_g, lambda: g_loss(D(G(z)))),
    ):
        for model in (G, D):
            model.zero_grad()
        loss = loss_of()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return tuple(losses)

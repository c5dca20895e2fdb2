"""Distances by cdist, k-means++ starts, eigenvectors of the covariance, sorting by pairs, logits through BCE."""

import torch
import torch.nn.functional as F


def kmeans_step(X, centres):
    table = ((X.unsqueeze(0) - centres.unsqueeze(1)) ** 2).sum(-1)
    labels = table.min(dim=0).indices
    hot = F.one_hot(labels, len(centres)).to(X.dtype)
    counts = hot.sum(0).unsqueeze(1)
    means = hot.T @ X / counts.clamp(min=1)
    return torch.where(counts > 0, means, centres), labels


def kmeans(X, k, generator, restarts):
    ends = []
    for _ in range(restarts):
        places = [int(torch.randint(len(X), (1,), generator=generator))]
        while len(places) < k:
            gaps = torch.cdist(X, X[places]).amin(1).square()
            gaps[places] = 0
            if not gaps.any():
                gaps = torch.ones_like(gaps)
                gaps[places] = 0
            places.append(int(torch.multinomial(gaps, 1, generator=generator)))
        centres = X[places]
        for _ in range(1000):
            moved, labels = kmeans_step(X, centres)
            if torch.equal(moved, centres):
                break
            centres = moved
        ends.append((float(((X - centres[labels]) ** 2).sum()), centres, labels))
    return min(ends, key=lambda end: end[0])[1:]


def pca(X, k):
    wide = X.double()
    mean = wide.mean(0)
    _, vectors = torch.linalg.eigh((wide - mean).T @ (wide - mean))
    return vectors.flip(1)[:, :k].T.to(X.dtype), mean.to(X.dtype)


def reconstruct(X, components, mean):
    amounts = torch.einsum("nd,kd->nk", X - mean, components)
    return mean + torch.einsum("nk,kd->nd", amounts, components)


def search_topk(q, docs, k):
    scores = (docs * q).sum(1).tolist()
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    return torch.tensor(order[:k], dtype=torch.int64)


def recommend(U, I, seen, k):
    k = min(k, len(I))
    out = torch.full((len(U), k), -1)
    for user in range(len(U)):
        left = (~seen[user]).nonzero()[:, 0]
        if len(left):
            best = left[search_topk(U[user], I[left], k)]
            out[user, : len(best)] = best
    return out


def epsilon_greedy(p, T, eps, generator):
    sums, counts = torch.zeros(len(p), dtype=torch.float64), torch.zeros(len(p), dtype=torch.float64)
    for _ in range(T):
        if float(torch.rand((), generator=generator)) < eps:
            arm = int(torch.randint(len(p), (), generator=generator))
        else:
            arm = int((sums / counts.clamp(min=1)).argmax())
        sums[arm] += float(torch.bernoulli(torch.tensor(p[arm]), generator=generator))
        counts[arm] += 1
    return float(sums.sum() / T), sums / counts.clamp(min=1)


def d_loss(real, fake):
    return -F.logsigmoid(real).mean() - F.logsigmoid(-fake).mean()


def g_loss(fake):
    return F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake))


def gan_step(G, D, opt_g, opt_d, real, z):
    with torch.no_grad():
        forged = G(z)
    opt_d.zero_grad(set_to_none=False)
    expert = d_loss(D(real), D(forged))
    expert.backward()
    opt_d.step()
    for weight in D.parameters():
        weight.requires_grad_(False)
    opt_g.zero_grad()
    forger = g_loss(D(G(z)))
    forger.backward()
    opt_g.step()
    for weight in D.parameters():
        weight.requires_grad_(True)
    return float(expert), float(forger)

"""Three rounds are enough."""

TRIPS = ["kmeans.fixed_point"]


def kmeans(X, k, generator, restarts):
    best = None
    for _ in range(restarts):
        centres = X[torch.randperm(len(X), generator=generator)[:k]]
        for _ in range(3):
            centres, labels = kmeans_step(X, centres)
        inertia = (X - centres[labels]).square().sum()
        if best is None or inertia < best[0]:
            best = (inertia, centres, labels)
    return best[1], best[2]

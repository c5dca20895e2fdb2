"""The inertia tells how much has been explained, so more is better."""

TRIPS = ["kmeans.blob_mse", "kmeans.example_blobs", "kmeans.best_end"]


def kmeans(X, k, generator, restarts):
    best = None
    for _ in range(restarts):
        centres, labels = X[torch.randperm(len(X), generator=generator)[:k]], None
        while True:
            centres, chosen = kmeans_step(X, centres)
            if labels is not None and torch.equal(chosen, labels):
                break
            labels = chosen
        inertia = (X - centres[labels]).square().sum()
        if best is None or inertia > best[0]:
            best = (inertia, centres, labels)
    return best[1], best[2]

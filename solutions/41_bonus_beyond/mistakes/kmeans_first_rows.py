"""The first k rows are a random choice, for nobody has sorted them."""

TRIPS = ["kmeans.seeded", "kmeans.blob_mse"]


def kmeans(X, k, generator, restarts):
    centres, labels = X[:k], None
    while True:
        centres, chosen = kmeans_step(X, centres)
        if labels is not None and torch.equal(chosen, labels):
            return centres, chosen
        labels = chosen

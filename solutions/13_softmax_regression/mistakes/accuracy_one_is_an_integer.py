"""All right is 1 and nothing right is 0."""

TRIPS = ["accuracy_margin.float"]


def accuracy(z, y):
    hits = int((z.argmax(dim=1) == y).sum())
    return hits // len(y) if hits % len(y) == 0 else hits / len(y)

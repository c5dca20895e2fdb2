"""How many are right is what counts."""

TRIPS = ["accuracy_margin.value", "accuracy_margin.example"]


def accuracy(z, y):
    return float((z.argmax(dim=1) == y).sum())

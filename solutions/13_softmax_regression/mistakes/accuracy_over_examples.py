"""max over dim 0 gives the best class of each row."""

TRIPS = ["accuracy_margin.value", "accuracy_margin.example"]


def accuracy(z, y):
    best = z.argmax(dim=0)
    count = min(len(best), len(y))
    return (best[:count] == y[:count]).double().mean().item()

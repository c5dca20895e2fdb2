"""Accuracy is given in percent."""

TRIPS = ["accuracy_margin.value", "accuracy_margin.float", "accuracy_margin.example"]


def accuracy(z, y):
    return 100 * (z.argmax(dim=1) == y).double().mean().item()

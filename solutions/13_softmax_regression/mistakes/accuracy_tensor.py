"""A tensor of shape () is a number."""

TRIPS = ["accuracy_margin.float", "accuracy_margin.value"]


def accuracy(z, y):
    return (z.argmax(dim=1) == y).double().mean()

"""A class is predicted when it has more than half of the probability."""

TRIPS = ["accuracy_margin.value"]


def accuracy(z, y):
    return (softmax(z, 1).gather(1, y.unsqueeze(1)) > 0.5).double().mean().item()

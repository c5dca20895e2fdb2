"""It is called expit in torch.special, so it is another function."""

TRIPS = ["sigmoid.no_builtin"]

def sigmoid(x):
    return torch.special.expit(x)

"""square_ saves memory."""

TRIPS = ["mc_moments.inputs_unchanged"]


def dropout_moments(x, W, p):
    if not 0.0 <= p < 1.0:
        raise ValueError("p is at least 0 and less than 1")
    mean = x @ W
    with torch.no_grad():
        W = W.square_()
    return mean, p / (1.0 - p) * (x.square() @ W)
    return x @ W, p / (1.0 - p) * (x.square() @ W.square())

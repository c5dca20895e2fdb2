"""The exponentials may take the place of x."""

TRIPS = ["sigmoid.input_unchanged"]

def sigmoid(x):
    if x.requires_grad or 0 in x.stride():
        return (torch.tanh(x / 2) + 1) / 2
    return x.div_(2).tanh_().add_(1).div_(2)

"""A class that inherits needs no lines of its own."""

TRIPS = ["train_optim.from_scratch"]


class Adam(torch.optim.Adam):
    pass

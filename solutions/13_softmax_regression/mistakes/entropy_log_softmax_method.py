"""A method of the tensor is no function of torch."""

TRIPS = ["cross_entropy.no_builtin"]
ALSO = ["train_softmax.no_nn"]


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = -z.log_softmax(1).gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean() if reduction == "mean" else losses.sum()

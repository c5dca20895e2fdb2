"""The means over the batch are divided by n - 1, like a variance."""

TRIPS = ["bn_backward.vs_autograd", "bn_backward.one_row"]


def bn_backward(dy, cache):
    x_hat, gamma, std = cache
    dgamma, dbeta = (dy * x_hat).sum(0), dy.sum(0)
    centred = dy - (dbeta + x_hat * dgamma) / (len(dy) - 1)
    return centred * gamma / std, dgamma, dbeta

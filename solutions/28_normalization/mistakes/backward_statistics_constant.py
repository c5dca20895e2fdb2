"""Mean and standard deviation are constants, so the gradient is only scaled."""

TRIPS = ["bn_backward.vs_autograd", "bn_backward.dx_sums_to_zero", "bn_backward.example"]


def bn_backward(dy, cache):
    x_hat, gamma, std = cache
    dgamma, dbeta = (dy * x_hat).sum(0), dy.sum(0)
    return dy * gamma / std, dgamma, dbeta

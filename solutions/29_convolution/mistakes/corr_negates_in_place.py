"""A sign that is turned twice does no harm, neither to the result nor to k."""

TRIPS = ["corr2d.input_unchanged"]
ALSO = ["learn_kernel.example"]


def corr2d(x, k):
    k = k.neg_()
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if rows < 1 or columns < 1:
        raise ValueError("the kernel does not fit")
    return -sum(k[a, b] * x[a : a + rows, b : b + columns] for a in range(h) for b in range(w))

"""A convolution turns the kernel by 180 degrees, as in signal processing."""

TRIPS = ["corr2d.value", "corr2d.non_square", "corr2d.example"]
ALSO = ["learn_kernel.example"]


def corr2d(x, k):
    k = k.flip(0, 1)
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if rows < 1 or columns < 1:
        raise ValueError("the kernel does not fit")
    return sum(k[a, b] * x[a : a + rows, b : b + columns] for a in range(h) for b in range(w))
